{
    "name": "VTI internships",
    "summary": "Internships (bpv) of an association: network, vacancies, selection, placement, evaluation",
    "version": "19.0.1.0.0",
    "category": "Services/Internships",
    "author": "VTI",
    "website": "https://www.example.org/vti",
    "license": "LGPL-3",
    "depends": ["contacts", "calendar", "crm", "portal", "survey", "website"],
    "data": [
        # network
        "security/network/groups.xml",
        "security/network/ir.model.access.csv",
        "security/network/rules.xml",
        "data/network/sequence.xml",
        "data/network/vti.postcode.csv",
        "data/network/qualification.xml",
        "data/network/notice.xml",
        "views/layout/components.xml",
        "views/layout/layout.xml",
        "data/network/mail_template.xml",
        "data/network/cron.xml",
        "views/network/menus.xml",
        "views/network/res_config_settings_views.xml",
        "views/layout/mail.xml",
        "views/network/notice_views.xml",
        # vacancy
        "security/vacancy/ir.model.access.csv",
        "security/vacancy/rules.xml",
        "data/vacancy/life.xml",
        "data/vacancy/mail.xml",
        "data/vacancy/age_rules.xml",
        # selection
        "security/selection/ir.model.access.csv",
        "security/selection/rules.xml",
        "data/selection/refusal_reason.xml",
        "data/selection/ir_cron.xml",
        "data/selection/mail_template_student.xml",
        "data/selection/mail_template_company.xml",
        "data/selection/mail_template_visitor.xml",
        "views/selection/answer_wizard_views.xml",
        "views/selection/application_views.xml",
        "views/selection/application_request_views.xml",
        "views/selection/refusal_reason_views.xml",
        "views/selection/menus.xml",
        # placement
        "security/placement/ir.model.access.csv",
        "security/placement/rules.xml",
        "data/placement/cron.xml",
        "data/placement/mail_template.xml",
        "views/placement/end_wizard_views.xml",
        "views/placement/placement_views.xml",
        "views/placement/smart_buttons.xml",
        # evaluation
        # documents
        "views/pdf_layout.xml",
    ],
    "external_dependencies": {"python": ["plutoprint"]},
    "assets": {
        # what everything of ours looks like: in our own pages and in Odoo's
        "vti_bpv.assets_look": [
            "vti_bpv/static/src/scss/_tokens.scss",
            "vti_bpv/static/src/scss/fonts.scss",
            "vti_bpv/static/src/scss/base.scss",
            "vti_bpv/static/src/scss/layout.scss",
            "vti_bpv/static/src/scss/components/*.scss",
        ],
        # all that a visitor's or portal user's page needs
        "vti_bpv.assets_public": [
            ("include", "vti_bpv.assets_look"),
            "vti_bpv/static/src/js/public.js",
        ],
        "web.assets_frontend": [
            ("include", "vti_bpv.assets_look"),
            "vti_bpv/static/src/js/public.js",
        ],
        "web.report_assets_common": ["vti_bpv/static/src/scss/pdf.scss"],
    },
}
