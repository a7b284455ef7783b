"""Who can log in, and the season's meetings."""

from datetime import datetime, timedelta

LOGINS = [
    ("Student", "student", "student"),
    ("Company", "bedrijf", "bedrijf"),
    ("School", "school", "school"),
    ("VTI", "vti", "vti"),
]
PROFILE = {
    "headline": "Ik ben Sam, tweedejaars elektro. Ik werk netjes en ik wil alles van zonnepanelen weten.",
    "skills": "Groepenkast gebouwd op school\nFietsen en brommers gerepareerd\nVCA-basis gehaald",
    "wishes": "Leren meten en storingen zoeken. Graag op de fiets of met de trein te bereiken.",
    "max_distance_km": 25,
}
EVENTS = [
    ("Speeddates: ontmoet je stagebedrijf", 21, 13, 3),
    ("Workshop voor praktijkopleiders: het eerste gesprek", 35, 15, 2),
    ("Stagedag: oude en nieuwe stagiairs bij elkaar", 60, 10, 5),
]


def add_staff(env):
    """VTI itself, and who works there.

    :return: the user, with the rights of a VTI coordinator
    """
    if env.company.name in ("My Company", "YourCompany"):
        env.company.name = "VTI"
    env.company.email = env.company.email or "info@vti.example"  # without a sender no mail leaves
    groups = env.ref("base.group_user") | env.ref("vti_bpv.group_coordinator")
    return _add_user(env, "vti", groups, name="Carla van VTI", email="carla@vti.example")


def add_users(env):
    """One login per role of the portal, with the password that is the same word."""
    student = env["vti.enrolment"].search([("student_number", "=", "200001")], limit=1).student_id
    student.write(PROFILE)
    company = env["res.partner"].search([("company_registry", "=", "00910001")], limit=1)
    school = env["res.partner"].search([("ref", "=", "90AA"), ("is_school", "=", True)], limit=1)
    portal = env.ref("base.group_portal")
    for login, partner in (
        ("student", student.partner_id),
        ("bedrijf", _get_person(company, "recruiter")),
        ("school", _get_person(school, "school_coordinator")),
    ):
        _add_user(env, login, portal, partner_id=partner.id, email=partner.email)


def _get_person(house, role):
    return house.organisation_role_ids.filtered(lambda found: found.role == role).partner_id[:1]


def _add_user(env, login, groups, **values):
    known = env["res.users"].with_context(active_test=False).search([("login", "=", login)], limit=1)
    return known or env["res.users"].create(
        {
            "login": login,
            "password": login,
            "group_ids": [(6, 0, groups.ids)],
            "lang": "nl_NL",
            "tz": "Europe/Amsterdam",
            **values,
        }
    )


def add_events(env):
    """A few meetings ahead, on the site."""
    today = datetime.now().replace(minute=0, second=0, microsecond=0)
    for name, days, hour, length in EVENTS:
        start = (today + timedelta(days=days)).replace(hour=hour)
        env["event.event"].create(
            {
                "name": name,
                "date_begin": start,
                "date_end": start + timedelta(hours=length),
                "date_tz": "Europe/Amsterdam",
                "is_published": True,
            }
        )
