"""Call every public method of our models as every role, on the own record and on others' ones.

security/rpc.csv names the roles that may call a method on a record of their own; "*" stands for
methods that answer everybody alike, as they neither read nor change the record.
"""

from odoo.service.model import call_kw
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .access_people import PORTAL_ROLES, ROLES
from .access_reach import get_public_methods, read_oracle
from .access_records import RecordsMixin
from .access_try import TryMixin
from .test_access_matrix import QUIET

VTI = ("vti_user", "vti_coordinator")
ARGUMENTS = {
    ("action_assign_people", "school"): [{"teacher_id": False}],
    "action_ask": ["Come and see us"],
    "action_add_note": ["Call back tomorrow"],
    "action_ask_vti": ["May we come by?"],
    "action_assign_people": [{"buddy_id": False}],
    "action_break_off": ["Ill"],
    "action_change_dates": ["2027-02-01", "2027-06-30"],
    "action_decide": [True],
    "action_object": ["Too far"],
    "action_hire": [1, "2027-02-01", "2027-06-30"],
    "action_invite": ["2027-01-10 10:00:00", "visit"],
    "action_name_guardian": ["Joke", "joke@example.org"],
    "action_move": [1, 1, 1, 1, 1],
    "action_never_start": ["Ill"],
    "action_offer": ["2027-02-01", "2027-06-30"],
    "action_prefer_level2": [True],
    "action_recommend": ["Good with people"],
    "action_pick_slot": [1],
    "action_propose_moments": [["2027-01-10 10:00:00", "2027-01-11 10:00:00"], "visit"],
    "action_refuse": [1],
    "action_refuse_many": [1],
    "action_save_about": ["We pull cables."],
    "action_show_answers": [True],
    "action_save_cv_answer": ["languages", "Dutch"],
    "action_save_profile": [{"headline": "I pull cables"}],
    "action_send_back": ["Say more"],
    "action_change_tables": [1, 1, False, 1],
    "action_show_card": [{"audience": "all"}],
    "action_take_option": [1, 0, "x"],
    "action_toggle_lock": [1],
    "action_try_move": [1, 1, 1, 1],
    "action_what_if": [10, 2, 3],
    "default_get": [["id"]],
    "filtered_domain": [[]],
    "get_balance_list": ["vti.vacancy"],
    "get_wkhtmltopdf_state": [],
    "message_change_thread": [1],
    "message_mail_with_source": ["mail.message_user_assigned"],
    "message_post_with_source": ["mail.message_user_assigned"],
    "message_subscribe": [[1]],
}
# an abstract model has no records: one that inherits it stands for it
STAND_INS = {"mail.thread": "vti.application", "vti.portal.guard": "vti.application"}


@tagged("post_install", "-at_install")
class TestAccessRpc(TryMixin, RecordsMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.oracle = {(row["model"], row["method"]): set(row["roles"].split()) for row in read_oracle("rpc.csv")}
        cls.records["res.config.settings"] = {"any": cls.env["res.config.settings"].create({})}
        cls.records["ir.actions.report"] = {"any": cls.env["ir.actions.report"].search([], limit=1)}
        wizard = cls.env["portal.wizard"].create({"partner_ids": [(6, 0, cls.other_student.partner_id.ids)]})
        cls.records["portal.wizard.user"] = {"somebody's": wizard.user_ids}
        cls.own, cls.others = cls._get_sides()
        cls.env.flush_all()

    @classmethod
    def _get_sides(cls):
        """The record that each role has of a model, and those that none of the portal roles here has."""
        get = cls.records.__getitem__
        houses = get("res.partner")
        mine = get("vti.application")["Sam at Bakker Utrecht"]
        stay = get("vti.placement")["Sam at Bakker Utrecht"]
        place = get("vti.vacancy")["Bakker Utrecht"]
        own = {
            "res.partner": {
                "portal": houses["stranger"], "student": houses["Sam"], "company": houses["Bakker"],
                "branch": houses["Bakker Utrecht"], "training": houses["training employer"], "school": houses["ROC"],
                "alumnus": houses["Mila"],
            },
            "vti.application": dict.fromkeys(("student", "company", "branch", "school"), mine),
            "vti.placement": dict.fromkeys(("student", "company", "branch", "school"), stay)
            | {"alumnus": get("vti.placement")["Mila at Bakker Utrecht: past"]},
            "vti.vacancy": dict.fromkeys(("company", "branch"), place),
            "vti.student": dict.fromkeys(("student", "school", "training"), cls.student) | {"alumnus": cls.mila},
            "vti.consent": {"student": get("vti.consent")["Sam"], "alumnus": get("vti.consent")["Mila"]},
            "vti.alumnus": {"alumnus": cls.alumnus},
            "vti.recognition": dict.fromkeys(("company", "branch"), get("vti.recognition")["Bakker"]),
        } | {
            f"vti.exchange.{name}": dict.fromkeys(("student", "company", "branch"), get(f"vti.exchange.{name}")["Sam"])
            for name in ("listing", "interest", "line")
        }  # fmt: skip
        others = {
            "res.partner": [cls.other_company, cls.other_school, cls.other_student.partner_id],
            "vti.application": [get("vti.application")["Noor at De Vries"]],
            "vti.placement": [get("vti.placement")["Noor at De Vries"]],
            "vti.vacancy": [get("vti.vacancy")["De Vries"], get("vti.vacancy")["De Vries: draft"]],
            "vti.student": [cls.other_student],
            "vti.consent": [get("vti.consent")["Noor"]],
            "vti.alumnus": [cls.other_alumnus],
            "vti.recognition": [get("vti.recognition")["De Vries"]],
        } | {f"vti.exchange.{name}": [get(f"vti.exchange.{name}")["Noor"]] for name in ("listing", "interest", "line")}
        return own, others

    def test_every_public_method_is_in_the_list(self):
        """A new method can't be forgotten, and one that went doesn't stay."""
        self.assertEqual(get_public_methods(self.env), set(self.oracle))
        self.assertLessEqual(set().union(*self.oracle.values()), {*ROLES, "*"})

    def _is_called(self, role, record, method, readonly=False):
        """Whether a call is let in; it is undone.

        :param bool readonly: let it fail where it writes anything
        """
        model = self.env[record._name].with_user(self.users[role])
        arguments = ARGUMENTS.get((method, role), ARGUMENTS.get(method, []))
        if not getattr(getattr(type(model), method), "_api_model", False):
            arguments = [record.ids, *arguments]

        def call():
            if readonly:
                self.env.cr.execute("SET LOCAL transaction_read_only = on")
            call_kw(model, method, arguments, {})

        return self._is_let_in(call, passes=not readonly)

    def _get_role_records(self, model, role):
        """(record, whether it is the role's own) of all that is tried."""
        first = next(iter(self.records[model].values()))
        own = first if role in VTI else self.own.get(model, {}).get(role)
        return [(record, record == own) for record in [own or first, *self.others.get(model, [])] if record]

    @mute_logger(*QUIET, "odoo.addons.mail.models.mail_thread")
    def test_every_role_calls_every_method(self):
        deviations = []
        for (name, method), allowed in sorted(self.oracle.items()):
            model = STAND_INS.get(name, name)
            for role in ROLES:
                for record, is_own in self._get_role_records(model, role):
                    expected = "*" in allowed or (role in allowed and (is_own or role in VTI))
                    if self._is_called(role, record, method, readonly="*" in allowed) != expected:
                        what = "is refused" if expected else "gets through"
                        whose = "own" if is_own else "other"
                        deviations.append(f"{name}.{method}: {role} {what} at {whose} {record}")
        self.assertFalse(deviations, "\n" + "\n".join(deviations))

    def test_own_and_others_together_are_refused(self):
        """A list of records is refused where one of them isn't one's own, and the own one stays as it is."""
        places = self.records["vti.vacancy"]["Bakker Utrecht"] | self.records["vti.vacancy"]["De Vries"]
        stays = self.records["vti.placement"]["Sam at Bakker Utrecht"] | self.others["vti.placement"][0]
        for records, method in ((places, "action_pause"), (places, "action_close"), (stays, "action_start")):
            before = records.mapped("state")
            with self.subTest(method):
                self.assertFalse(self._is_called("company", records, method))
                self.assertEqual(records.mapped("state"), before)

    @mute_logger(*QUIET)
    def test_a_branch_limits_its_people(self):
        """Everybody reads a published place; who is limited to another branch changes nothing of it."""
        place = self.make_vacancy(branch_id=self.gouda.id)
        self.assertTrue(place.with_user(self.users["branch"]).has_access("read"))
        for method in ("action_pause", "action_fill", "action_close", "action_confirm", "action_copy_to_season"):
            with self.subTest(method):
                self.assertFalse(self._is_called("branch", place, method))
                self.assertTrue(self._is_called("company", place, method))

    @mute_logger(*QUIET)
    def test_who_offers_no_places_any_more(self):
        """A company that stopped keeps its places on the site's record, and its people their accounts."""
        place = self.records["vti.vacancy"]["Bakker Utrecht"]
        self.assertTrue(self._is_called("company", place, "action_pause"))
        self.company.is_employer = False
        self.assertTrue(place.with_user(self.user_company).has_access("read"))
        self.assertFalse(self._is_called("company", place, "action_pause"))

    def test_portal_roles_are_refused_most(self):
        """The list itself says nothing generous: what portal roles call is named one by one."""
        for (model, method), allowed in self.oracle.items():
            if allowed & set(PORTAL_ROLES) and model == "vti.vacancy":
                self.assertLessEqual(allowed & set(PORTAL_ROLES), {"company", "branch"}, method)
            self.assertNotIn("public", allowed, (model, method))
