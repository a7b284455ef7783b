from odoo import models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

LINK_DAYS = 200
URGENT = {"ask", "moment", "remind", "planned", "called_off", "moved"}


class LessonRequest(models.Model):
    """Mails to the school, each from a record that staff can edit."""

    _inherit = "vti.lesson.request"

    def _get_school_link(self):
        """Address of the page where the asker sees and answers, without logging in."""
        self.ensure_one()
        return f"{self.get_base_url()}/events/lesson/{self._sign_link('lesson_school', self.partner_id, LINK_DAYS)}"

    def _tell_school(self, message, proposal=None):
        """:param str message: ends the name of the template, vti_events.mail_lesson_school_<message>"""
        for request_sudo in self.sudo():
            person = request_sudo.partner_id
            here = request_sudo.with_context(lang=person.lang or self.env.lang).env
            label = here._("Say yes or another day") if message in ("moment", "remind") else here._("See your request")
            self.env["vti.notice"]._post(
                f"vti_events.mail_lesson_school_{message}", request_sudo, person,
                button_url=request_sudo._get_school_link(), button_label=label,
                urgent=message in URGENT, values={"proposal": proposal or request_sudo.coupled_id},
            )  # fmt: skip

    def _tell_staff(self, text):
        """Give VTI something to do about this request.

        :param LazyGettext text: what, in the words of who has to do it
        """
        for request_sudo in self.sudo():
            staff = request_sudo.user_id or self.env["vti.application"].sudo()._get_staff_user()
            here = request_sudo.with_context(lang=staff.lang or self.env.lang)
            translate = here.env._
            here.activity_schedule(
                "mail.mail_activity_data_todo", summary=translate(text), user_id=staff.id, automated=True
            )


class LessonProposal(models.Model):
    """Mails to the company; none tells who of the school asks before they are coupled."""

    _inherit = "vti.lesson.proposal"

    def _get_company_link(self):
        """Address of the page where this company answers, without logging in."""
        self.ensure_one()
        return f"{self.get_base_url()}/events/asked/{self._sign_link('lesson_company', self.partner_id, LINK_DAYS)}"

    def _tell_company(self, message):
        """:param str message: ends the name of the template, vti_events.mail_lesson_company_<message>"""
        for one_sudo in self.sudo():
            person = one_sudo.partner_id
            if not person.email or not one_sudo._is_reader(person):
                person = one_sudo.request_id._get_company_person(one_sudo.employer_id, one_sudo.offer_id)
                one_sudo.partner_id = person
            if not person:
                one_sudo.request_id._tell_staff(
                    _lt("%(name)s has no mail address: call them", name=one_sudo.employer_id.name)
                )
                continue
            here = one_sudo.with_context(lang=person.lang or self.env.lang).env
            label = here._("Say yes or no") if message in ("ask", "moment", "remind") else here._("See it")
            self.env["vti.notice"]._post(
                f"vti_events.mail_lesson_company_{message}", one_sudo, person, one_sudo._get_company_link(), label,
                urgent=message in URGENT,
            )  # fmt: skip
