import io
import re

from PyPDF2 import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SpeedMixin

HIDDEN = ("student_answer", "company_answer", "student_note", "company_note", "asked_again")


@tagged("post_install", "-at_install")
class TestSpeedDay(SpeedMixin, HttpCase):
    """The day of a speed-date: desk, screen, and who may see what of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wish(cls.noor, cls.bakker)
        cls.wish(cls.sam, cls.vries)
        cls.date.action_open_wishes()
        cls.date.action_plan()
        cls.date.action_publish()
        cls.event.write({"date_begin": "2099-03-01 12:00:00", "date_end": "2099-03-01 16:00:00"})
        cls.date.write({"starts_at": "2099-03-01 12:00:00", "wish_deadline": "2099-02-26 12:00:00"})
        cls.env.flush_all()
        cls.path = f"/my/speed-dates/{cls.date.id}"
        cls.desk = f"/vti/speed-dates/{cls.date.id}/desk"

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def post(self, path, **form):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/en/my/account").text)[1]
        return self.url_open(path, data={"csrf_token": token, **form}, allow_redirects=False)

    def get_desk(self, **query):
        """Names on the desk's lists, in order."""
        pairs = "&".join(f"{key}={value}" for key, value in query.items())
        answer = self.url_open(f"/en{self.desk}?{pairs}")
        self.assertEqual(answer.status_code, 200)
        return re.findall(r'<div class="vti-list__main">\s*<strong>([^<]+)</strong>', answer.text)

    def test_check_in_by_code(self):
        self.log_in(self.user_student)
        page = self.url_open("/en" + self.path).text
        self.assertIn("data:image/png;base64,", page)
        self.assertTrue(self.sam._get_desk_url().endswith(f"{self.desk}?code={self.sam.registration_id.barcode}"))
        self.log_in(self.user_vti)
        code = self.sam.registration_id.barcode
        names = self.get_desk(code=code)
        self.assertEqual(names[0], "Sam Jansen")
        self.assertEqual(self.sam.presence, "expected", "a scan alone changes nothing")
        self.assertEqual(self.post(self.desk + "/here", person=self.sam.id).status_code, 303)
        self.assertEqual((self.sam.presence, self.noor.presence), ("present", "expected"))
        self.assertEqual(self.get_desk(), ["Noor de Wit"])
        self.assertEqual(self.get_desk(q="sam"), ["Sam Jansen"])
        self.post(self.desk + "/away", person=self.sam.id)
        self.assertEqual(self.sam.presence, "expected")
        self.log_in(self.user_student)
        self.assertIn("data:image/png", self.url_open("/en" + self.path).text)

    def test_code_of_another_day(self):
        other = self.event.copy({"name": "Another day"})
        foreign = self.env["event.registration"].create(
            {"event_id": other.id, "partner_id": self.student.partner_id.id, "name": "Sam"}
        )
        self.log_in(self.user_vti)
        for code in (foreign.barcode, "0", "%00x", "' or 1=1", "9" * 80):
            self.assertEqual(self.get_desk(code=code), ["Noor de Wit", "Sam Jansen"], code)
        self.assertIn("isn't of this speed-date", self.url_open(f"/en{self.desk}?code={foreign.barcode}").text)
        for person in ("", "x", "-1", str(10**12), str(foreign.id + 10**6)):
            for part in ("here", "away", "join"):
                self.assertEqual(self.post(f"{self.desk}/{part}", person=person).status_code, 303)
        self.assertEqual((self.sam | self.noor).mapped("presence"), ["expected"] * 2)

    def test_who_walks_in(self):
        kim = self.make_student("Kim Nieuw")
        self.log_in(self.user_vti)
        self.assertEqual(self.get_desk(q="kim"), ["Kim Nieuw"])
        self.post(self.desk + "/join", person=kim.id)
        self.post(self.desk + "/join", person=kim.id)
        line = self.date.student_ids.filtered(lambda line: line.student_id == kim)
        self.assertEqual((len(line), line.walk_in, line.presence), (1, True, "present"))
        with self.at("2099-03-01 12:20:00"):
            absent = self.date._change_at_desk("away", self.noor.id)
        self.assertTrue(absent)
        self.assertEqual(self.noor.presence, "absent", "the first round is over")

    def test_desk_is_for_staff(self):
        self.log_in(self.user_company)
        with mute_logger("odoo.http"):
            for path in (self.desk, f"{self.desk}?code={self.sam.registration_id.barcode}"):
                self.assertEqual(self.url_open("/en" + path, allow_redirects=False).status_code, 404)
            for part in ("here", "away", "join"):
                self.assertEqual(self.post(f"{self.desk}/{part}", person=self.sam.id).status_code, 404)
        self.assertEqual(self.sam.presence, "expected")

    def test_desk_of_many(self):
        """The same number of queries for four as for thirty."""

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            values = self.date.with_user(self.user_vti)._get_desk()
            self.assertTrue([(line.display_name, line._get_study()) for line in values["lines"]])
            return self.cr.sql_log_count - before

        numbers = []
        for batch in (2, 26):
            for number in range(batch):
                self.add_student(self.make_student(f"Student {batch} {number}"))
            count()
            numbers.append(count())
        self.assertEqual(*numbers)

    def test_screen_has_all_rounds(self):
        self.log_in(self.user_vti)
        self.noor.is_absent = True
        self.env.flush_all()
        page = self.url_open(f"/vti/speed-dates/{self.date.id}/screen").text
        self.assertEqual(page.count("data-vti-shown"), 4)
        self.assertIn("Sam J.", page)
        for hidden in ("Noor", "Jansen"):
            self.assertNotIn(hidden, page)
        for moment, shown in (("11:59:59", 1), ("12:00:00", 2), ("12:44:59", 4), ("12:45:00", 4), ("12:55:00", 0)):
            with self.at(f"2099-03-01 {moment}"):
                self.assertEqual(self.date._get_screen()["shown"].number, shown, moment)

    def test_nobody_sees_a_no(self):
        """Not VTI, by whatever way; and not the other side."""
        talk = self.date.talk_ids.filtered(lambda talk: talk.student_id == self.sam)
        with self.at("2099-03-01 13:30:00"):
            talk._answer("student", "no", "Too far away")
            talk._answer("company", "yes", "Good hands")
        for user in (self.user_vti, self.user_vti_coordinator):
            user.group_ids += self.env.ref("base.group_allow_export")
            hers = talk.with_user(user)
            for name in HIDDEN:
                with self.assertRaises(AccessError):
                    hers.read([name])
                with self.assertRaises(AccessError):
                    hers.search([(name, "=", "no")])
                with self.assertRaises(AccessError):
                    hers._read_group([], [name], ["__count"])
                with self.assertRaises(AccessError):
                    hers.export_data([name])
                self.assertNotIn(name, hers.fields_get())
            self.assertFalse(hers.both_yes)
        self.date.write({"starts_at": "2020-03-01 12:00:00"})
        self.env.flush_all()
        self.log_in(self.user_other_company)
        page = self.url_open("/en" + self.path).text
        self.assertIn("Sam J.", page)
        self.assertIn("Good hands", page)
        for hidden in ("Too far", "You both", "The other would"):
            self.assertNotIn(hidden, page)
        self.log_in(self.user_student)
        page = self.url_open("/en" + self.path).text
        self.assertIn("Too far", page)
        self.assertNotIn("Good hands", page)

    def test_schedule_has_its_moment(self):
        self.log_in(self.user_student)
        page = self.url_open("/en" + self.path).text
        self.assertRegex(page, r'data-vti-part="moment">\d\d:\d\d<')
        worker = self.url_open("/my/speed-dates/worker.js")
        self.assertEqual(worker.headers["Service-Worker-Allowed"], "/")
        with self.at("2026-11-22 09:42:00"):
            self.assertEqual(self.date._get_clock(), "10:42", "Dutch winter time")
        with self.at("2026-07-01 09:42:00"):
            self.assertEqual(self.date._get_clock(), "11:42", "and summer time")

    def test_plans_on_paper(self):
        """Each row is on the paper of its person, table and room, and on no other."""
        hall, lab = self.env["vti.speed.room"].create(
            [{"speed_date_id": self.date.id, "name": name} for name in ("Hall", "Lab")]
        )
        self.bakker.room_id, self.vries.room_id = hall, lab
        self.sam.away_round_ids = self.date.round_ids[3]
        pages = {}
        for kind in ("students", "tables", "rooms"):
            content, _kind = (
                self.env["ir.actions.report"]
                .with_context(force_report_rendering=True)
                ._render_qweb_pdf(f"vti_events.report_speed_{kind}", self.date.ids)
            )
            texts = ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]
            self.assertEqual(len(texts), 2, kind)
            pages[kind] = texts
        mine = self.date.talk_ids.filtered(lambda talk: talk.student_id == self.sam)
        turn = mine.round_id.display_name.replace(" ", "")
        noor, sam = pages["students"]
        self.assertIn(f"{turn}DeVriesElektraLab1", sam)
        self.assertIn("Round4,13:45Notthere", sam)
        self.assertEqual((sam.count("Free"), noor.count("Free")), (2, 3))
        self.assertNotIn("BakkerTechniek", sam)
        table = next(text for text in pages["tables"] if "DeVriesElektra,table1" in text)
        self.assertIn(f"{turn}SamJ.", table)
        for hidden in ("Noor", "Jansen"):
            self.assertNotIn(hidden, table)
        room = next(text for text in pages["rooms"] if "Lab" in text)
        self.assertIn(f"{turn}TableStudentDeVriesElektra1SamJ.", room)
        self.assertNotIn("Noor", room)
