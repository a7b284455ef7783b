from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import VtiCase, VtiHttpCase

MONDAY, TUESDAY = "2026-11-16 09:00:00", "2026-11-17 13:30:00"


@tagged("post_install", "-at_install")
class TestMeetingSlot(VtiCase):
    """Moments that a company proposes, of which a student picks one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = cls.make_vacancy(contact_id=cls.recruiter.id)
        with cls.at("2026-11-10 12:00"):
            cls.application = cls.make_application(vacancy=cls.place)

    def propose(self, *moments, application=None, kind="visit", moment="2026-11-11 12:00", user=None):
        application = (application or self.application).with_user(user or self.user_company)
        with self.at(moment):
            application.action_propose_moments(list(moments or (MONDAY, TUESDAY)), kind)

    def pick(self, number=0, application=None, user=None, moment="2026-11-12 12:00", slot=None):
        application = application or self.application
        slot = slot or application.slot_ids.sorted("start")[number]
        with self.at(moment):
            return application.with_user(user or self.user_student).action_pick_slot(slot.id)

    def told(self):
        names = self.env["vti.notice"].search([]).template_id.get_external_id().values()
        return {name.split("mail_template_")[-1] for name in names}

    def test_pick(self):
        self.propose()
        self.assertEqual((self.application.state, self.application.meeting_at), ("invited", False))
        self.assertIn("student_proposed", self.told())
        self.pick(1)
        self.assertEqual(fields.Datetime.to_string(self.application.meeting_at), TUESDAY)
        self.assertLessEqual({"student_picked", "company_picked"}, self.told())
        with self.assertRaises(UserError):
            self.pick(0, slot=self.env["vti.meeting.slot"].search([("vacancy_id", "=", self.place.id)])[:1])

    def test_calendar_file_with_both_mails(self):
        self.propose()
        self.pick()
        for name in ("student_picked", "company_picked"):
            template = self.env.ref(f"vti_bpv.mail_template_{name}")
            notice = self.env["vti.notice"].search([("template_id", "=", template.id)])
            self.assertEqual(notice.mail_id.attachment_ids.mapped("name"), ["meeting.ics"])
            self.assertIn(b"DTSTART:20261116T090000Z", notice.mail_id.attachment_ids.raw)
            self.assertNotIn(b"Sam", notice.mail_id.attachment_ids.raw)

    def test_calendar_file_takes_the_meeting_out(self):
        self.propose()
        self.pick()
        with self.at("2026-11-12 12:00"):
            self.application.with_user(self.user_student).action_withdraw()
        template = self.env.ref("vti_bpv.mail_template_company_withdrawn")
        notice = self.env["vti.notice"].search([("template_id", "=", template.id)])
        with self.at("2026-11-16 08:59:59"):
            ((name, content),) = notice._get_files()
            self.assertEqual(name, "meeting.ics")
            self.assertIn(b"METHOD:CANCEL", content)
            self.assertIn(b"UID:application-%d@" % self.application.id, content, "the one that was sent")
        with self.at("2026-11-16 09:00:00"):
            self.assertFalse(notice._get_files(), "it was held, or not, by then")

    def test_passed_moment(self):
        self.propose()
        self.assertEqual(len(self.application._get_slot_options()), 0, "long past on the day of this test")
        with self.assertRaisesRegex(UserError, "just gone"):
            self.pick(0, moment="2026-11-16 09:00:00")
        self.pick(0, moment="2026-11-16 08:59:59")

    def test_dutch_time(self):
        self.propose("2026-11-16 09:00:00", "2027-04-16 09:00:00")
        with self.at("2026-11-12 12:00"):
            labels = [label for _id, label in self.application._get_slot_options()]
        self.assertIn("10:00", labels[0])
        self.assertIn("11:00", labels[1])

    def test_shared_moment_goes_to_who_is_first(self):
        with self.at("2026-11-10 12:00"):
            other = self.make_application(self.other_student, self.place)
        self.propose()
        self.propose(MONDAY, "2026-11-18 09:00:00", application=other)
        self.assertEqual(len(self.application.slot_ids & other.slot_ids), 1)
        self.pick(0)
        with self.assertRaisesRegex(UserError, "just gone"):
            self.pick(0, application=other, user=self.user_other_student)
        self.pick(1, application=other, user=self.user_other_student)

    def test_own_moments_only(self):
        with self.at("2026-11-10 12:00"):
            other = self.make_application(self.other_student, self.place)
        self.propose()
        self.propose("2026-11-18 09:00:00", "2026-11-19 09:00:00", application=other)
        with self.assertRaises(UserError):
            self.pick(slot=other.slot_ids[0])
        with self.assertRaises(AccessError):
            self.pick(user=self.user_other_student)
        for user in (self.user_other_company, self.user_student):
            with self.assertRaises(AccessError):
                self.propose(user=user)

    def test_who_leaves_frees_the_moment(self):
        self.propose()
        self.pick(0)
        slot = self.env["vti.meeting.slot"].search([("application_id", "=", self.application.id)])
        with self.at("2026-11-13 12:00"):
            self.application.with_user(self.user_student).action_withdraw()
        self.assertFalse(slot.application_id)

    def test_errors(self):
        for moments in ([MONDAY], [MONDAY, MONDAY], [MONDAY, "2026-11-11 12:00:00"], [MONDAY, "soon"], [MONDAY] * 6):
            with self.subTest(moments=moments), self.assertRaises(UserError):
                self.propose(*moments)

    def test_clock_runs_again_after_the_last_moment(self):
        self.propose()
        self.assertEqual(str(self.application.answer_by), "2026-12-01", "ten working days after the 17th")

    def test_other_times(self):
        self.propose()
        with self.at("2026-11-12 12:00"):
            self.application.with_user(self.user_student).action_ask_other_times()
        self.assertFalse(self.application.slot_ids)
        self.assertEqual(str(self.application.answer_by), "2026-11-26")
        self.assertIn("company_other_times", self.told())
        self.propose(moment="2026-11-12 13:00")
        self.assertFalse(self.application.times_declined_on)

    def test_reminded_once_after_two_days(self):
        self.propose()
        self.env["vti.notice"].search([]).unlink()
        for moment, count in (("2026-11-13 11:59", 0), ("2026-11-13 12:00", 1), ("2026-11-14 12:00", 1)):
            with self.at(moment):
                self.env["vti.application"]._cron_answers()
            template = self.env.ref("vti_bpv.mail_template_student_proposed")
            self.assertEqual(self.env["vti.notice"].search_count([("template_id", "=", template.id)]), count, moment)

    def test_trial_day_takes_a_day(self):
        self.propose(kind="trial")
        self.pick()
        self.assertIn("DTEND:20261116T170000Z", self.application._get_meeting_ics())


@tagged("post_install", "-at_install")
class TestMeetingSlotPages(VtiHttpCase):
    """From the mail: opening the page writes nothing, the form picks."""

    def test_propose_and_pick(self):
        application = self.make_application()
        self.authenticate(self.user_company.login, self.user_company.login)
        path = f"/my/candidates/{application.id}"
        page = self.url_open(path).text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        form = {"csrf_token": token, "meeting_kind": "visit", "meeting_at": "2099-01-05T10:00"}
        self.assertEqual(self.url_open(f"{path}/invite", data={**form, "meeting_at_2": "soon"}).status_code, 422)
        done = self.url_open(f"{path}/invite", data={**form, "meeting_at_2": "2099-01-06T10:00"}, allow_redirects=False)
        self.assertEqual(done.status_code, 303)
        self.assertEqual(len(application.slot_ids), 2)
        self.authenticate(None, None)
        link = "/application/" + application._get_link("student", self.student.partner_id).split("/application/")[1]
        page = self.url_open(link).text
        self.assertIn("10:00", page)
        self.assertFalse(application.meeting_at, "a GET writes nothing")
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        data = {"csrf_token": token, "slot_id": "nonsense"}
        self.assertEqual(self.url_open(f"{link}/pick", data=data).status_code, 422)
        answer = self.url_open(f"{link}/pick", data={"csrf_token": token})
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Pick one of the moments first.", answer.text)
        data["slot_id"] = application.slot_ids.sorted("start")[1].id
        self.assertEqual(self.url_open(f"{link}/pick", data=data, allow_redirects=False).status_code, 303)
        self.assertEqual(fields.Datetime.to_string(application.meeting_at), "2099-01-06 09:00:00")
        self.authenticate(self.user_company.login, self.user_company.login)
        calendar = self.url_open(f"{path}/meeting.ics")
        self.assertIn("DTSTART:20990106T090000Z", calendar.text)
        self.authenticate(self.user_other_company.login, self.user_other_company.login)
        self.assertEqual(self.url_open(f"{path}/meeting.ics").status_code, 404)
