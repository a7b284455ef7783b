"""Knock on every address of ours as who may, as another of the same kind, and as nobody."""

import re
import threading
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .access_addresses import LISTS, OPEN, OWNED, REPORTS, SIGNED
from .access_records import RecordsMixin

HUGE = 10**12  # no id: PostgreSQL's integers are smaller
PAGES = re.compile(r"/page/<int:page>$")


def get_plain(rule):
    """An address of the table as the routing map writes it, without names and converters."""
    return re.sub(r"<[^>]*>", "<>", rule)


@tagged("post_install", "-at_install")
class TestAccessRoutes(RecordsMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users |= {
            "other student": cls.user_other_student,
            "other company": cls.user_other_company,
            "other school": cls.user_other_school,
        }
        get = cls.records.__getitem__
        cls.own = {
            "vti.vacancy": get("vti.vacancy")["Bakker Utrecht"],
            "vti.application": get("vti.application")["Sam at Bakker Utrecht"],
            "vti.placement": get("vti.placement")["Sam at Bakker Utrecht"],
            "vti.student": cls.student,
            "vti.consent": get("vti.consent")["Sam"],
            "vti.import": get("vti.import")["companies"],
            "vti.exchange.listing": get("vti.exchange.listing")["Sam"],
            "vti.exchange.interest": get("vti.exchange.interest")["Sam"],
            "vti.exchange.follow": get("vti.exchange.follow")["Bakker"],
            "vti.match.proposal": get("vti.match.proposal")["Sam at Bakker"],
            "vti.speed.date": get("vti.speed.date")["somebody's"],
            "vti.event.waiting": get("vti.event.waiting")["Sam"],
            "vti.lesson.request": get("vti.lesson.request")["ROC"],
            "vti.lesson.proposal": get("vti.lesson.proposal")["ROC at Bakker"],
            "vti.lesson.offer": get("vti.lesson.offer")["Bakker"],
            "event.registration": get("event.registration")["Sam"],
        }
        cls.own["vti.match.proposal"].state = "sent"
        cls.student.write({"cv": "JVBERi0xLjQ=", "cv_name": "cv.pdf"})
        cls.own["vti.application"].write(
            {"state": "invited", "meeting_at": "2027-01-05 13:00:00", "meeting_kind": "visit"}
        )
        cls.env.flush_all()

    def _log_in(self, role):
        """Start a session; tell its token for forms."""
        user = role and self.users[role]
        self.authenticate(user and user.login, user and user.login)
        html = self.url_open(f"{self.own['vti.vacancy']._get_page_path()}/mail").text
        return re.search(r'name="csrf_token" value="([^"]+)"', html)[1]

    def _knock(self, path, method, token):
        data = {"csrf_token": token} if method == "POST" else None
        answer = self.url_open(path, data=data, allow_redirects=False)
        if answer.headers.get("Location", "").endswith(f"/en{path}"):  # the same page in the user's language
            answer = self.url_open(f"/en{path}", allow_redirects=False)
        return answer

    def _get_path(self, path, record_id=None):
        """The address with the record's id, or another one, and the action's name in it."""
        model = re.search(r"<((?:vti|event)\.[a-z.]+)>", path)[1]
        path = path.replace(f"<{model}>", str(record_id or self.own[model].id))
        return re.sub(r"<(\w+)>", r"\1", path)

    def _get_values(self):
        """All that could be changed of the records that the addresses are about."""
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            model: [record[name] for name, field in record._fields.items() if field.store and field.type != "binary"]
            for model, record in self.own.items()
        }

    def test_every_route_is_in_a_table(self):
        ours = set()
        with patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            rules = list(self.env["ir.http"].routing_map().iter_rules())
        for rule in rules:
            if rule.endpoint.__module__.startswith("odoo.addons.vti"):
                ours.add(get_plain(PAGES.sub("", rule.rule)))
        tables = {get_plain(path) for path, _method in OWNED} | {get_plain(path) for path in OPEN}
        tables |= {"/vti/import/<>/template.<>"} | set(LISTS)
        unknown = {path for path in ours if not path.startswith((*SIGNED, REPORTS))} - tables
        self.assertEqual(unknown, set(), "a new address needs a row")
        self.assertEqual(tables - ours - {"/vti/import/company/template.csv"}, set(), "an address that went")

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_others_records(self):
        """All but the owners are refused, as if the record weren't there, and nothing changes."""
        roles = [role for role in self.users if role not in ("public", "vti_user", "vti_coordinator")]
        before, wrong = self._get_values(), []
        for role in roles:
            token = self._log_in(role)
            for (path, method), owners in OWNED.items():
                if role in owners.split():
                    continue
                # a party of the internship is told on the page what it can't do; others don't find it
                is_party = path.startswith("/my/internships/") and role in ("student", "company", "branch", "school")
                answer = self._knock(self._get_path(path), method, token)
                if answer.status_code not in ((403, 404, 200) if is_party else (403, 404)):
                    wrong.append((role, method, path, answer.status_code))
                huge = self._knock(self._get_path(path, HUGE), method, token)
                if huge.status_code not in (403, 404):
                    wrong.append((role, method, path, "a huge id", huge.status_code))
        self.assertFalse(wrong, "\n" + "\n".join(map(str, wrong)))
        self.assertEqual(self._get_values(), before)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_own_records_and_huge_ids(self):
        wrong = []
        for role in ("student", "company", "branch", "school", "training"):
            token = self._log_in(role)
            for (path, method), owners in OWNED.items():
                if role not in owners.split():
                    continue
                if method == "GET" and (answer := self._knock(self._get_path(path), method, token)).status_code != 200:
                    wrong.append((role, path, answer.status_code))
                huge = self._knock(self._get_path(path, HUGE), method, token)
                if huge.status_code != 404:
                    wrong.append((role, method, path, "a huge id", huge.status_code))
        self.assertFalse(wrong, "\n" + "\n".join(map(str, wrong)))

    @mute_logger("odoo.http")
    def test_nobody_is_asked_to_log_in(self):
        token = self._log_in(None)
        before = self._get_values()
        addresses = [(self._get_path(path), method) for path, method in OWNED] + [(path, "GET") for path in LISTS]
        for path, method in addresses:
            with self.subTest(path=path, method=method):
                answer = self._knock(path, method, token)
                self.assertIn(answer.status_code, (302, 303, 307))
                self.assertIn("/web/login", answer.headers["Location"])
        self.assertEqual(self._get_values(), before)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_pages_of_ones_own(self):
        wrong = []
        for role in ("portal", "student", "company", "school", "training", "alumnus", "vti_user"):
            token = self._log_in(role)
            for path, owners in LISTS.items():
                if role == "vti_user" and "vti_user" not in owners:
                    continue
                status = self._knock(path, "GET", token).status_code
                if (status == 200) != (role in owners.split()) or status >= 500:
                    wrong.append((role, path, status))
        self.assertFalse(wrong, "\n" + "\n".join(map(str, wrong)))

    @mute_logger("odoo.http")
    def test_forms_need_their_token(self):
        self._log_in("company")
        path = self._get_path("/my/places/<vti.vacancy>/<pause>")
        self.assertEqual(self.url_open(path, data={"x": "1"}, allow_redirects=False).status_code, 400)
        self.assertEqual(self.own["vti.vacancy"].state, "published")

    @mute_logger("odoo.http")
    def test_links(self):
        """A link serves one purpose and one person, and a tampered, false or old one serves nobody."""
        application = self.own["vti.application"]
        sam, recruiter = self.student.partner_id, self.recruiter
        check = self.records["vti.place.check"]["Bakker"]
        asked = self.records["vti.campaign.company"]["Bakker"]
        token = self._log_in(None)
        before = self._get_values()
        sign = application._sign_link
        own = {
            f"/application/student/{sign('application_student', sam)}": True,
            f"/application/company/{sign('application_company', recruiter)}": True,
            f"/application/student/{sign('application_company', sam)}": False,
            f"/application/company/{sign('application_student', recruiter)}": False,
            f"/application/guardian/{sign('application_student', sam)}": False,
            f"/application/student/{sign('application_student', self.other_student.partner_id)}": False,
            f"/application/company/{sign('application_company', self.other_recruiter)}": False,
            f"/application/company/{sign('application_company', sam)}": False,
            f"/application/student/{sign('application_student', sam, days=-1)}": False,
            f"/application/student/{sign('application_student', sam)[:-4]}AAAA": False,
            f"/application/student/{'A' * 60}": False,
            f"/student/start/{sign('application_student', sam)}": False,
            f"/internships/stay/{sign('application_student', sam)}": False,
            f"/places/confirm/{sign('places_confirm', recruiter)}": False,
            f"/places/confirm/{check._sign_link('places_confirm', recruiter)}": True,
            f"/places/confirm/{check._sign_link('places_confirm', self.other_recruiter)}": False,
            f"/places/season/{asked._sign_link('places_season', recruiter)}": True,
            f"/places/season/{asked._sign_link('places_season', self.other_recruiter)}": False,
            f"/places/season/{check._sign_link('places_confirm', recruiter)}": False,
            f"/application/confirm/{sign('application_student', sam)}": False,
            f"/exchange/card/{self.student._sign_link('exchange_card', sam)}": True,
            f"/exchange/card/{self.student._sign_link('exchange_card', self.other_student.partner_id)}": False,
            f"/exchange/card/{sign('application_student', sam)}": False,
            f"/exchange/guardian/{self.student._sign_link('exchange_card', sam)}": False,
        }
        for path, works in own.items():
            with self.subTest(path):
                self.assertEqual(self._knock(path, "GET", token).status_code, 200 if works else 410)
                if not works:
                    for action in ("", "/withdraw", "/refuse", "/password", "/yes"):
                        self.assertIn(self._knock(path + action, "POST", token).status_code, (404, 405, 410))
        self.assertEqual(self._get_values(), before)

    @mute_logger("odoo.http")
    def test_after_the_end_nothing_is_posted(self):
        """A link twice, and an address of a closed record: told, and nothing changes."""
        application = self.own["vti.application"]
        path = f"/application/student/{application._sign_link('application_student', self.student.partner_id)}"
        token = self._log_in(None)
        self.assertEqual(self._knock(f"{path}/withdraw", "POST", token).status_code, 303)
        self.assertEqual(application.state, "withdrawn")
        before = self._get_values()
        for action in ("withdraw", "accept", "decline"):
            self.assertEqual(self._knock(f"{path}/{action}", "POST", token).status_code, 422, action)
        token = self._log_in("company")
        for action in ("invite", "offer", "refuse"):
            answer = self._knock(f"/my/candidates/{application.id}/{action}", "POST", token)
            self.assertIn(answer.status_code, (404, 422), action)
        self.assertEqual(self._get_values(), before)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule", "odoo.models")
    def test_odoos_own_doors(self):
        """Files, pictures, messages, reports and forms of Odoo give nothing of others away."""
        files = self.records["ir.attachment"]
        application = self.own["vti.application"].id
        sam = self.student.id
        refused = [
            f"/web/content/vti.student/{sam}/cv", f"/web/image/vti.student/{sam}/cv",
            f"/web/content?model=vti.student&id={sam}&field=cv", f"/web/content/vti.student/{sam}/name",
            *(f"/web/content/{file.id}" for label, file in files.items()),
            f"/en/report/pdf/web.report_companycontact/{sam}",
            f"/en/report/html/base.report_irmodulereference/{application}",
            f"/mail/view?model=vti.application&res_id={application}",
        ]  # fmt: skip
        for role in ("other student", "other company", "other school", "company", "portal"):
            self._log_in(role)
            for path in refused:
                with self.subTest(role=role, path=path):
                    answer = self.url_open(path, allow_redirects=False)
                    self.assertNotEqual(answer.status_code, 500)
                    self.assertNotIn(b"%PDF-1.4", answer.content)
                    if "/image/" in path:  # a placeholder, not a refusal
                        continue
                    self.assertNotEqual(answer.status_code, 200)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule", "odoo.models")
    def test_documents_come_from_our_pages_alone(self):
        """Odoo's address makes any document of any record for who logged in: a CV tells a name, phone and mail."""
        self.student.headline = "I pull cables"
        paths = []
        for report in self.env["ir.actions.report"].search([("report_name", "=like", "vti%")]):
            records = self.records.get(report.model) or {"": self.env[report.model].search([], limit=1)}
            records = [self.student] if report.model == "vti.student" else list(records.values())[:2]
            paths += [f"/en/report/{kind}/{report.report_name}/{r.id}" for r in records for kind in ("html", "pdf")]
        mine = f"/en/report/html/vti_bpv.report_student_cv/{self.student.id}"
        self.assertIn(mine, paths)
        for role in ("student", "other student", "company", "other company", "school", "training", "portal"):
            self._log_in(role)
            for path in paths:
                self.assertEqual(self.url_open(path).status_code, 403, (role, path))
        self.authenticate("colleague", "colleague")
        self.assertEqual(self.url_open(mine).status_code, 403, "no right to students")
        self._log_in("vti_user")
        self.assertIn("I pull cables", self.url_open(mine).text)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule", "odoo.models")
    def test_odoos_json_doors(self):
        application = self.own["vti.application"]
        count = len(application.message_ids)
        for role in ("other company", "company", "student", "portal"):
            self._log_in(role)
            thread = {"thread_model": "vti.application", "thread_id": application.id}
            for path, params in {
                "/mail/thread/messages": thread,
                "/mail/thread/data": thread | {"request_list": ["followers", "attachments", "activities"]},
                "/mail/message/post": thread | {"post_data": {"body": "x", "message_type": "comment"}},
            }.items():
                with self.subTest(role=role, path=path):
                    text = self.url_open(path, json={"params": params}).text
                    self.assertNotIn("Staff's opinion", text)
                    self.assertNotIn("b.txt", text)
        self.assertEqual(len(application.message_ids), count)

    @mute_logger("odoo.http", "odoo.addons.website.controllers.form")
    def test_site_forms_make_nothing_of_ours(self):
        allowed = self.env["ir.model"].search([("website_form_access", "=", True)]).mapped("model")
        self.assertFalse([name for name in allowed if name.startswith("vti.") or name in ("res.users", "res.partner")])
        token = self._log_in(None)
        for model in ("vti.application", "vti.vacancy", "vti.student", "res.partner", "res.users"):
            count = self.env[model].search_count([])
            answer = self.url_open(f"/website/form/{model}", data={"csrf_token": token, "name": "x"})
            self.assertNotIn('"id"', answer.text)
            self.assertEqual(self.env[model].search_count([]), count)

    @mute_logger("odoo.http", "odoo.addons.auth_signup.controllers.main")
    def test_who_signs_up(self):
        """Signing up gives no role, and nothing of a person who is known here by that address."""
        roles = self.env["res.users"]._get_all_vti_groups()
        self.assertFalse(self.env.ref("base.template_portal_user_id").all_group_ids & roles)
        unknown = self.make_student("Lot Mol")
        for login in ("new@example.org", unknown.email):
            token = self._log_in(None)
            form = {"csrf_token": token, "login": login, "name": "New", "password": "Abcd1234!",
                    "confirm_password": "Abcd1234!"}  # fmt: skip
            self.url_open("/web/signup", data=form)
            user = self.env["res.users"].with_context(active_test=False).search([("login", "=", login)])
            self.assertFalse(user.all_group_ids & roles)
            self.assertNotEqual(user.partner_id, unknown.partner_id)
            self.assertFalse(user and not user.share)
