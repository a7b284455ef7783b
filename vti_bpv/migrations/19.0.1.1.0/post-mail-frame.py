"""Send the mails that go at once in VTI's frame; their texts may be VTI's own by now and stay."""

FRAME = "mail.mail_notification_light"
TEMPLATES = (
    "mail_template_portal_invitation",
    "mail_template_request_confirm",
    "mail_template_place",
    "mail_template_saved_places",
    "mail_template_search_confirm",
    "mail_template_search_new",
    "mail_template_place_report_done",
)


def migrate(cr, version):
    cr.execute(
        """
        UPDATE mail_template t
           SET email_layout_xmlid = %s
          FROM ir_model_data d
         WHERE d.res_id = t.id AND d.model = 'mail.template' AND d.module = 'vti_bpv' AND d.name = ANY(%s)
           AND t.email_layout_xmlid IS NULL
        """,
        [FRAME, list(TEMPLATES)],
    )
