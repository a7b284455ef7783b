from odoo import fields
from odoo.tests import TransactionCase, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.vti.data import season


@tagged("post_install", "-at_install")
class TestSeason(TransactionCase):
    """The demo season comes in through the import and fills every list and figure; nothing else uses it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.logins = season.load(cls.env)["logins"]
        cls.today = fields.Date.context_today(cls.env["vti.season"])

    def test_comes_in_through_the_import_once(self):
        self.assertEqual(self.env["vti.import"].search_count([("state", "=", "done")]), 6)
        models = ("res.partner", "vti.student", "vti.application", "event.event", "crm.lead", "vti.notice")
        counts = {model: self.env[model].search_count([]) for model in models}
        season.load(self.env)
        for model, count in counts.items():
            self.assertEqual(self.env[model].search_count([]), count, model)

    def test_a_log_in_for_every_role(self):
        roles = ("student", "company", "school", "alumnus", "training_employer", "coordinator")
        logins = ["student", "bedrijf", "school", "alumnus", "opleidingsbedrijf", "vti"]
        self.assertEqual([login for _role, login, _password in self.logins], logins)
        for login, role in zip(logins, roles, strict=True):
            user = self.env["res.users"].search([("login", "=", login)])
            self.assertTrue(user.has_group(f"vti_bpv.group_{role}"), login)

    def test_every_state_and_kind_is_there(self):
        # an accepted application is placed in the same transaction
        for model, field, never in (
            ("vti.vacancy", "state", set()),
            ("vti.vacancy", "kind", set()),
            ("vti.application", "state", {"accepted"}),
            ("vti.application", "guardian_state", {"unknown", "refused"}),
            ("vti.placement", "state", set()),
            ("vti.notice", "state", {"pending"}),
            ("event.event", "vti_kind", set()),
            ("event.registration", "state", {"draft"}),
            ("survey.user_input", "party", set()),
        ):
            values = {value for value, _label in self.env[model]._fields[field]._description_selection(self.env)}
            self.assertEqual(values - set(self.env[model].search([]).mapped(field)), never, f"{model}.{field}")

    def test_no_figure_of_the_start_page_is_empty(self):
        staff = self.env["res.users"].search([("login", "=", "vti")])
        page = self.env["vti.season"].with_user(staff).get_start_page(0)
        for section in page["sections"]:
            for figure in section["figures"]:
                # the holidays of the season are known: that figure tells what is wrong
                self.assertTrue(
                    figure["value"] or figure["key"] in ("vti.season-45", "vti.holiday-46"), figure["label"]
                )
        for balance in page["balances"]:
            self.assertTrue(any(row["places"] and row["students"] for row in balance["rows"]), balance["label"])

    def test_every_mail_can_be_changed(self):
        # Odoo renders a text that staff saves with any record there is, and refuses what fails
        for data in self.env["ir.model.data"].search([("module", "=like", "vti%"), ("model", "=", "mail.template")]):
            with self.subTest(mail=data.complete_name):
                self.env["mail.template"].browse(data.res_id)._check_can_be_rendered()

    def test_people_meet_on_working_days_and_it_is_in_the_calendar(self):
        coming = [("meeting_at", ">", fields.Datetime.now()), ("state", "in", ("invited", "offered"))]
        planned = self.env["vti.application"].search(coming)
        moments = planned.mapped("meeting_at") + self.env["vti.meeting.slot"].search([]).mapped("start")
        self.assertTrue(moments)
        self.assertLess(max(moment.weekday() for moment in moments), 5)
        self.assertEqual([one.calendar_event_id.start for one in planned], planned.mapped("meeting_at"))
        self.assertTrue(self.env["vti.vacancy"].search_count([("state", "=", "paused"), ("paused_until", "!=", False)]))

    def test_no_menu_of_vti_opens_an_empty_list(self):
        staff = self.env["res.users"].search([("login", "=", "vti")])
        root = self.env.ref("vti_bpv.menu_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id), ("action", "!=", False)])
        actions = [menu.action for menu in menus if menu.action._name == "ir.actions.act_window"]
        self.assertTrue(actions)
        for action in actions:
            Model = self.env[action.res_model].with_user(staff)
            if Model.is_transient() or not Model.has_access("read"):
                continue
            domain = safe_eval(action.domain or "[]", {"uid": staff.id})
            self.assertTrue(Model.search_count(domain, limit=1), action.name)

    def test_what_companies_see_is_sound(self):
        waiting = self.env["vti.student"].search([("activated_on", "=", False)])
        self.assertTrue(waiting)
        self.assertFalse(self.env["vti.application"].search([("student_id", "in", waiting.ids)]))
        places = self.env["vti.vacancy"].search([("state", "=", "published")])
        self.assertGreater(len(places), 90)
        self.assertTrue(all(place.places_left for place in places))
        self.assertFalse(places.filtered(lambda place: place.name.startswith("Leer het vak")))

    def test_what_was_answered_has_scores_of_every_question(self):
        scores = self.env["vti.evaluation.score"]._read_group([], ["party", "question_id"], ["score:avg"])
        self.assertEqual({party for party, _question, _score in scores}, {"student", "company", "school"})
        self.assertTrue(all(1 < score < 10 for _party, _question, score in scores))
        answers = self.env["survey.user_input"].search([("placement_id", "!=", False)])
        self.assertEqual(set(answers.mapped("state")), {"new", "done"})
        questions = self.env["survey.survey"].search([("vti_party", "!=", False)]).question_ids
        for question in questions:
            self.assertTrue(question.user_input_line_ids.filtered(lambda line: not line.skipped), question.title)

    def test_consents_and_alumni(self):
        consents = self.env["vti.consent"].search([])
        now = fields.Datetime.now()
        self.assertEqual(set(consents.mapped("purpose")), {"application", "alumni", "exchange"})
        self.assertTrue(all(consent.given_on <= now for consent in consents))
        self.assertGreater(len(set(consents.mapped("given_on"))), 10)
        self.assertTrue(consents.filtered("withdrawn_on"))
        alumni = self.env["vti.alumnus"].with_context(active_test=False).search([])
        self.assertEqual(set(alumni.mapped("active")), {True, False})
        self.assertTrue(all(alumnus.consent_id.is_in_force for alumnus in alumni if alumnus.active))

    def test_meetings_are_of_vti_and_have_visitors(self):
        events = self.env["event.event"].search([("vti_kind", "!=", False)])
        self.assertEqual({event.date_begin.date() > self.today for event in events}, {True, False})
        staff = self.env["res.users"].search([("login", "in", ("vti", "joost", "naima"))])
        self.assertEqual(events.user_id, staff)
        self.assertTrue(events.registration_ids)

    def test_schools_say_what_they_teach(self):
        schools = self.env["res.partner"].search([("is_school", "=", True)])
        for name in ("has_mbo", "has_hbo", "has_vmbo"):
            self.assertTrue(schools.filtered(name), name)
        self.assertTrue(self.env.company.phone)

    def test_who_asks_something_is_looked_up_nowhere(self):
        cron = self.env.ref("crm_iap_enrich.ir_cron_lead_enrichment", raise_if_not_found=False)
        self.assertFalse(cron and cron.active)
        self.assertEqual(self.env["ir.config_parameter"].get_param("crm.iap.lead.enrich.setting"), "manual")

    def test_nobody_gets_odoos_figures_by_mail(self):
        self.assertFalse(self.env["digest.digest"].search([("state", "=", "activated")]))
