"""Who can log in, and who works at VTI."""

LOGINS = [
    ("Student", "student", "student"),
    ("Company", "bedrijf", "bedrijf"),
    ("School", "school", "school"),
    ("Alumnus", "alumnus", "alumnus"),
    ("Training company", "opleidingsbedrijf", "opleidingsbedrijf"),
    ("VTI", "vti", "vti"),
]
PROFILE = {
    "headline": "Ik ben Sam, tweedejaars elektro. Ik werk netjes en ik wil alles van zonnepanelen weten.",
    "skills": "Groepenkast gebouwd op school\nFietsen en brommers gerepareerd\nVCA-basis gehaald",
    "wishes": "Leren meten en storingen zoeken. Graag op de fiets of met de trein te bereiken.",
    "max_distance_km": 25,
    "tools_used": "Multimeter en spanningzoeker, om een storing te vinden\nAccuboor, kabelstripper, soldeerbout",
    "side_jobs": "Zaterdaghulp in de bouwmarkt, sinds een jaar",
    "languages": "Nederlands, Papiaments en een beetje Engels",
}
STAFF = [  # login, name, rights; the first is the one that `make run` names
    ("vti", "Carla Roelofs", "coordinator"),
    ("joost", "Joost Hofstra", "user"),
    ("naima", "Naima Bouzidi", "user"),
]
PHONE = "030 123 45 67"


def add_staff(env):
    """VTI itself, and who works there.

    :return: the users; the first has the rights of a VTI coordinator
    """
    if env.company.name in ("My Company", "YourCompany"):
        env.company.name = "VTI"
    env.company.email = env.company.email or "info@vti.example"  # without a sender no mail leaves
    env.company.phone = env.company.phone or PHONE
    if not env.company.city:
        env.company.write({"street": "Ketelmakerstraat 8", "zip": "3542 AB", "city": "Utrecht"})
    users = env["res.users"]
    for login, name, role in STAFF:
        groups = env.ref("base.group_user") | env.ref(f"vti_bpv.group_{role}")
        users |= _add_user(env, login, groups, name=name, email=f"{login}@vti.example", phone=PHONE)
    return users


def share_companies(env, staff):
    """Each member company has somebody at VTI who looks after it."""
    companies = env["res.partner"].search([("is_employer", "=", True)], order="company_registry, id")
    for number, user in enumerate(staff):
        companies[number :: len(staff)].user_id = user
    companies[::2].show_answers = True


def add_users(env, alumni):
    """One login per role of the portal, with the password that is the same word."""
    today = env["vti.placement"]._get_today()
    adults = alumni.filtered(lambda alumnus: alumnus.active and alumnus.student_id._get_age_on(today) >= 18)
    student = env["vti.enrolment"].search([("student_number", "=", "200001")], limit=1).student_id
    student.write(PROFILE)
    company = env["res.partner"].search([("company_registry", "=", "00910001")], limit=1)
    trainer = env["res.partner"].search([("company_registry", "=", "00910060")], limit=1)
    school = env["res.partner"].search([("ref", "=", "90AA"), ("is_school", "=", True)], limit=1)
    portal = env.ref("base.group_portal")
    for login, partner in (
        ("student", student.partner_id),
        ("bedrijf", _get_person(company, "recruiter")),
        ("school", _get_person(school, "school_coordinator")),
        ("alumnus", adults[:1].partner_id),
        ("opleidingsbedrijf", _get_person(trainer, "recruiter")),
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
