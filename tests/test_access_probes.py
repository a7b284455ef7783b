"""Ask everything that RPC lets a role ask, and look in the answers for what is somebody else's.

Each party has words of its own in its records. Whoever may know them finds them by the same questions,
so that a question that finds nothing proves something.
"""

import json

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.json import json_default

from .access_records import RecordsMixin
from .test_access_matrix import QUIET

# Odoo's models that hold people's or staff's words; of ours all are asked
ODOOS = (
    "res.partner", "res.users", "mail.message", "mail.activity", "mail.followers", "mail.notification", "ir.attachment",
    "calendar.event", "calendar.attendee", "discuss.channel", "crm.lead", "survey.user_input", "survey.user_input.line",
    "gamification.badge", "gamification.badge.user", "gamification.goal", "event.registration",
    "res.partner.bank", "mail.mail", "mail.tracking.value", "bus.presence", "website.visitor",
)  # fmt: skip
GROUPED = ("many2one", "many2many", "selection", "char", "date", "datetime", "boolean", "integer")
REFUSED = (AccessError, UserError, ValueError, KeyError, TypeError, NotImplementedError)


@tagged("post_install", "-at_install")
class TestAccessProbes(RecordsMixin, HttpCase):
    """Sam, Bakker and the ROC on one side, Noor, De Vries and the Techniek College on the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        get = cls.records.__getitem__
        cls.users |= {
            "other student": cls.user_other_student,
            "other company": cls.user_other_company,
            "other school": cls.user_other_school,
        }
        cls.words = {}  # who may find them
        for side, student, company, school, application, place in (
            ("", cls.student, cls.company, cls.school, "Sam at Bakker Utrecht", "Bakker Utrecht: draft"),
            ("other ", cls.other_student, cls.other_company, cls.other_school, "Noor at De Vries", "De Vries: draft"),
        ):
            mark = "otter" if side else "ibis"
            application, place = get("vti.application")[application], get("vti.vacancy")[place]
            own, house, college = f"{side}student", f"{side}company", f"{side}school"
            house_too = {house} | ({"branch"} if not side else set())
            cls._put(student, "skills", f"{mark}skills", {own})
            cls._put(student.partner_id, "name", f"{mark}name", {own, college, *house_too})
            cls._put(student.partner_id, "street", f"{mark}street", {own})
            cls._put(application, "motivation", f"{mark}motivation", {own})  # the company on its page: it may name one
            cls._put(place, "description", f"{mark}draft", house_too)
            cls._put(company, "street", f"{mark}company", house_too)
            cls._put(company, "comment", f"{mark}comment", set())
            cls._put(school, "street", f"{mark}school", {college})
            card, interest = (
                get(f"vti.exchange.{model}")["Noor" if side else "Sam"] for model in ("listing", "interest")
            )
            cls._put(card, "likes", f"{mark}likes", {own, *house_too})
            cls._put(interest, "line", f"{mark}line", {own, *house_too})
            for record in (application, place, company, student, school, card):
                record.message_post(
                    body=f"{mark}said", message_type="comment", subtype_xmlid="mail.mt_comment",
                    partner_ids=cls.recruiter.ids if record == company else [],
                )  # fmt: skip
                cls.env["ir.attachment"].create(
                    {"name": f"{mark}file", "raw": b"x", "res_model": record._name, "res_id": record.id}
                )
            cls.words[f"{mark}said"] = cls.words[f"{mark}file"] = set()
        cls.words["ibisname"].add("training")
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _put(cls, record, name, word, readers):
        record[name] = word
        cls.words[word] = readers

    def _ask(self, user, model, method, *args, **kwargs):
        """The answer as text; empty where it is refused."""
        try:
            answer = call_kw(self.env[model].with_user(user), method, args, kwargs)
        except REFUSED:
            return ""
        return json.dumps(answer, default=json_default)

    def _ask_all(self, user, model):
        """All questions on a model, each for all fields that it gives."""
        ask = lambda method, *args, **kwargs: self._ask(user, model, method, *args, **kwargs)  # noqa: E731
        try:
            described = self.env[model].with_user(user).fields_get()
        except AccessError:
            described = {}
        names = list(described)
        specification = {
            name: {"fields": {"display_name": {}}} if field["type"] in ("many2one", "many2many", "one2many") else {}
            for name, field in described.items()
            if field["type"] not in ("reference", "many2one_reference", "properties", "properties_definition")
        }
        yield "web_search_read", ask("web_search_read", [], specification)
        yield "search_read", ask("search_read", [], names)
        yield "search_fetch", ask("search_fetch", [], names)
        yield "name_search", ask("name_search", "", [], "ilike", 500)
        ids = [record.id for record in self.records.get(model, {}).values()]
        for record_id in ids:
            yield "web_read", ask("web_read", [record_id], specification)
            yield "read", ask("read", [record_id])
        yield "export_data", ask("export_data", ids, names)
        for name, field in described.items():
            if field["type"] not in GROUPED or not field.get("groupable", True):
                continue
            by = f"{name}:month" if field["type"] in ("date", "datetime") else name
            yield f"grouped by {name}", ask("formatted_read_group", [], [by], ["__count"])
        yield "web_read_group", ask("web_read_group", [], ["create_uid"], ["__count"])

    @mute_logger(*QUIET, "odoo.addons.base.models.ir_model", "odoo.fields", "odoo.domains")
    def test_words_are_found_by_their_readers_only(self):
        """Two students, two companies, two schools: each finds its own, and nothing of the other's."""
        models = [name for name in self.env.registry if name.startswith("vti.") and not self.env[name]._abstract]
        models += [name for name in ODOOS if name in self.env]
        found, leaks = {word: set() for word in self.words}, []
        for role, user in self.users.items():
            if not user.share:
                continue
            for model in models:
                for question, answer in self._ask_all(user, model):
                    for word in filter(answer.__contains__, self.words):
                        found[word].add(role)
                        if role not in self.words[word]:
                            leaks.append(f"{role} finds {word} in {model} by {question}")
        self.assertFalse(leaks, "\n" + "\n".join(leaks))
        unasked = {word: readers - found[word] for word, readers in self.words.items() if readers - found[word]}
        self.assertFalse(unasked, "what its readers don't find here isn't asked for well")

    @mute_logger(*QUIET, "odoo.http", "odoo.addons.mail.models.mail_thread")
    def test_who_is_mentioned_gets_a_mail_and_no_way_in(self):
        """Staff that mention a recruiter or student below a record open neither it nor its other messages."""
        for role, user, record in (
            ("company", self.user_company, self.records["vti.application"]["Sam at Bakker Utrecht"]),
            ("company", self.user_company, self.company),
            ("other company", self.user_other_company, self.records["vti.application"]["Sam at Bakker Utrecht"]),
            ("student", self.user_student, self.student),
            ("school", self.user_school, self.records["vti.placement"]["Sam at Bakker Utrecht"]),
        ):
            message = record.with_user(self.user_vti).message_post(
                body="Between us", message_type="comment", subtype_xmlid="mail.mt_comment",
                partner_ids=user.partner_id.ids,
            )  # fmt: skip
            self.assertIn(user.partner_id, message.notified_partner_ids)
            mine = message.with_user(user)
            with self.subTest(role=role, model=record._name):
                self.env.invalidate_all()
                self.assertFalse(mine.search([("body", "ilike", "between")]))
                for act in (lambda m=mine: m.read(["body"]), lambda m=mine: m.write({"body": "x"}), mine.unlink):
                    with self.assertRaises(AccessError):
                        act()
                self.authenticate(user.login, user.login)
                thread = {"thread_model": record._name, "thread_id": record.id}
                for path, params in {
                    "/mail/thread/messages": thread,
                    "/mail/data": {"fetch_params": [["mail.thread", thread | {"request_list": ["messages"]}]]},
                    "/mail/inbox/messages": {},
                    "/mail/history/messages": {},
                    "/mail/message/update_content": {"message_id": message.id, "update_data": {"body": "x"}},
                }.items():
                    self.assertNotIn("Between us", self.url_open(path, json={"params": params}).text, path)
                self.assertIn("Between us", message.body)
                self.assertIn("Between us", message.with_user(self.user_vti).body)
