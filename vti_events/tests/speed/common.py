import re

from odoo.tests import HttpCase

from odoo.addons.vti_bpv.tests.common import VtiMixin


class SpeedMixin(VtiMixin):
    """A speed-date of four rounds with two companies and two students, and builders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.event = cls.env["event.event"].create(
            {"name": "Meet the trade", "event_type_id": cls.env.ref("vti_events.event_type_speed_date").id,
             "date_begin": "2026-12-01 12:00:00", "date_end": "2026-12-01 16:00:00", "is_published": True}
        )  # fmt: skip
        cls.date = cls.env["vti.speed.date"].create({"event_id": cls.event.id, "round_count": 4, "promise": 1})
        cls.bakker, cls.vries = cls.add_company(cls.company), cls.add_company(cls.other_company)
        cls.sam, cls.noor = cls.add_student(cls.student), cls.add_student(cls.other_student)

    @classmethod
    def add_company(cls, employer, **values):
        return cls.env["vti.speed.company"].create({"speed_date_id": cls.date.id, "employer_id": employer.id, **values})

    @classmethod
    def add_student(cls, student, *wishes, **values):
        line = cls.env["vti.speed.student"].create({"speed_date_id": cls.date.id, "student_id": student.id, **values})
        for rank, company in enumerate(wishes, 1):
            cls.wish(line, company, rank)
        return line

    @classmethod
    def wish(cls, student, company, rank=1, company_rank=0):
        return cls.env["vti.speed.wish"].create(
            {"student_id": student.id, "company_id": company.id, "student_rank": rank, "company_rank": company_rank}
        )

    @classmethod
    def get_talks(cls):
        """(round, company, student) of the plan, in order."""
        cls.env.flush_all()
        cls.env.invalidate_all()
        return [(talk.round_number, talk.company_id, talk.student_id) for talk in cls.date.talk_ids.sorted("id")]


class SpeedPagesCase(SpeedMixin, HttpCase):
    """The pages of a speed-date far from now, open for wishes; Noor is on its list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.event.write({"date_begin": "2099-03-01 12:00:00", "date_end": "2099-03-01 16:00:00"})
        cls.date.write({"starts_at": "2099-03-01 12:00:00", "wish_deadline": "2099-02-26 12:00:00"})
        cls.sam.unlink()
        cls.date.action_open_wishes()
        cls.path = f"/my/speed-dates/{cls.date.id}"

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def post(self, part, **form):
        page = self.url_open("/en/my/account").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        return self.url_open(f"{self.path}/{part}", data={"csrf_token": token, **form}, allow_redirects=False)

    def publish(self, starts_at="2099-03-01 12:00:00"):
        self.date.action_plan()
        self.date.action_publish()
        self.date.write({"starts_at": starts_at})
        self.env.flush_all()
