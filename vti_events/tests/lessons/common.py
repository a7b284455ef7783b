from odoo.addons.vti_bpv.tests.common import VtiMixin

NOW = "2026-11-10 09:00:00"  # a Tuesday


class LessonMixin(VtiMixin):
    """A request of the school, and two companies that offer what it asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls.make_offer(cls.company, cls.recruiter)
        cls.other_offer = cls.make_offer(cls.other_company, cls.other_recruiter)
        cls.coordinator.phone = "030 1112233"

    @classmethod
    def make_offer(cls, company, person, **values):
        return cls.env["vti.lesson.offer"].create(
            {"employer_id": company.id, "contact_id": person.id, "kind": "guest_lesson", **values}
        )

    @classmethod
    def make_request(cls, days=("2026-12-08",), person=None, **values):
        person = person or cls.coordinator
        return cls.env["vti.lesson.request"].create(
            {"school_id": person.commercial_partner_id.id, "partner_id": person.id, "kind": "guest_lesson",
             "students": 24, "moment_ids": [(0, 0, {"day": day}) for day in days], **values}
        )  # fmt: skip

    def ask(self, request=None, offers=None, **values):
        offers = offers or self.offer | self.other_offer
        return (request or self.make_request())._ask([(one.employer_id, one, "near") for one in offers], **values)

    def told(self, partner):
        """The texts that somebody was told, by the end of their template's name."""
        notices = self.env["vti.notice"].search([("partner_id", "=", partner.id)], order="id")
        ids = notices.template_id.get_external_id()
        return [ids[notice.template_id.id].partition("mail_lesson_")[2] for notice in notices]
