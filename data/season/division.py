"""A training company that divides its students: some placed, some asked for, some to be placed."""

from datetime import timedelta

NUMBER = "00910060"  # of the training company that has a log-in
OBJECTION = "Ik moet om half zes weg om daar om half acht te zijn. Is er iets dichterbij?"


def add_all(env):
    house = env["res.partner"].search([("company_registry", "=", NUMBER)], limit=1)
    user = env["res.users"].search([("login", "=", "opleidingsbedrijf")], limit=1)
    _take_in(env, house)
    _end_soon(env, house)
    Division, Application = env["vti.division"], env["vti.application"]
    first, last, _errors = Division._get_period()
    rows = Division._get_rows(house, first, last, whole=True)
    chosen = {row["student"].id: row["chosen"] for row in rows if row["chosen"]}
    members = {row["student"].id: row["members"][0]["value"] for row in rows if row["members"] and not row["chosen"]}
    chosen = dict([*chosen.items()][:4]) | dict([*members.items()][:2])
    Application.with_user(user)._divide(chosen, str(first), str(last))
    asked = Application.search([("training_employer_id", "=", house.id)], order="id")
    for application in asked[:2]:
        application.action_take()
    asked[2:3].action_object(OBJECTION)
    for application in asked[3:4]:
        reason = env["vti.refusal.reason"]._get_choices()[:1]
        application.action_refuse(reason.id, "Onze vaste begeleider is tot april op een groot project.")


def _take_in(env, house):
    """Ten students of bbl courses work for the training company; all but one have logged in."""
    enrolments = env["vti.enrolment"].search(
        [("learning_path", "=", "bbl"), ("training_employer_id", "=", False), ("date_to", "=", False)], order="id"
    )  # fmt: skip
    open_states = ("planned", "running", "closing")
    placed = env["vti.placement"].search([("state", "in", open_states)]).student_id
    free = enrolments.filtered(lambda enrolment: enrolment.student_id not in placed)
    free[:6].training_employer_id = house
    students = env["vti.student"].search([("enrolment_ids.training_employer_id", "=", house.id)], order="id")
    students[:-1].filtered(lambda student: not student.activated_on).activated_on = env.cr.now()


def _end_soon(env, house):
    """One of its students is somewhere now, and has to go on after the holidays."""
    running = env["vti.placement"].search(
        [("enrolment_id.training_employer_id", "=", house.id), ("state", "=", "running")], limit=1
    )  # fmt: skip
    running.date_to = env["vti.placement"]._get_today() + timedelta(days=40)
    running.training_employer_id = house
