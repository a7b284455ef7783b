"""What lies on VTI's desk: questions from the site, unconfirmed applications, mails that didn't arrive, reports."""

from datetime import datetime, timedelta

# kind of question, who, organisation, mail, phone, text; with an organisation that wants in, VTI is at work on it
LEADS = [
    ("Mijn bedrijf wil stagiairs opleiden", "Ruben Koster", "Koster Klimaat", "ruben@koster-klimaat.example",
     "06 41122087", "Wij zijn met z'n vieren. Kunnen wij erkend worden, en wat kost dat aan tijd?"),
    ("Mijn bedrijf wil stagiairs opleiden", "Hatice Çelik", "Çelik Elektro", "info@celik-elektro.example",
     "06 52230914", "Een jongen uit de straat wil bij ons bbl doen. Hoe regelen we dat?"),
    ("Mijn school wil meedoen", "Tessa Boon", "vmbo De Linde", "t.boon@vmbo-delinde.example",
     "030 1122334", "Wij zoeken voor onze derdeklassers plekken om een week mee te lopen."),
    ("Een vraag", "Mevrouw Prins", "", "prins@thuis.example", "",
     "Mijn dochter wil elektricien worden. Komt er weer een open dag?"),
    ("Mijn gegevens", "Daan Mulder", "", "daan.mulder@student.example", "06 18822310",
     "Ik wil weten wat jullie van mij bewaren."),
]  # fmt: skip
REQUESTS = [
    ("Yara Blok", "yara.blok@student.example", "06 33018842", "Ik fiets elke dag langs jullie werkplaats."),
    ("Tim van Rijn", "tim.vanrijn@student.example", "06 20411937", ""),
    ("Amina Saidi", "amina.saidi@student.example", "06 48823018", "Ik zoek een plek waar ik veel leer."),
]
# state, subject, why not
NOTICES = [
    ("sent", "Klopt deze plek nog?", False),
    ("sent", "Er is een sollicitatie voor je", False),
    ("failed", "Er is een sollicitatie voor je", "550 mailbox unavailable"),
    ("no_email", "Je stage begint bijna", False),
    ("sent", "Je stage is afgesloten", False),
]
# search as in the address of the list, how often
SEARCHES = [("near=Woerden&km=25", "weekly"), ("q=warmtepomp", "daily"), ("level=2&paid=1", "weekly")]
VISITOR = "sam.blom@thuis.example"
# reason, text, what VTI found; without it VTI has still to look
REPORTS = [
    ("gone", "Ik belde, en ze zoeken niemand meer.", ""),
    ("wrong", "De plek is in Utrecht, niet in Woerden.", "Je had gelijk. Het bedrijf heeft het adres verbeterd."),
    ("unsafe", "Er staat dat je alleen op het dak werkt.", ""),
]


def add_all(env, staff):
    _add_leads(env, staff)
    _add_requests(env)
    _add_notices(env)
    _add_searches(env)
    _add_reports(env)


def _add_leads(env, staff):
    for number, (topic, who, house, email, phone, text) in enumerate(LEADS):
        env["crm.lead"].create(
            {
                "type": "opportunity" if number == 0 else "lead",
                "name": f"{topic}: {house or who}",
                "contact_name": who,
                "partner_name": house,
                "email_from": email,
                "phone": phone,
                "description": text,
                "user_id": staff[number % len(staff)].id if house else False,
            }
        )


def _add_requests(env):
    """Applications whose mail wasn't answered yet."""
    places = env["vti.vacancy"].search([("state", "=", "published"), ("kind", "=", "mbo")], order="reference", limit=9)
    school = env["res.partner"].search([("is_school", "=", True), ("has_mbo", "=", True)], order="ref", limit=1)
    for number, (name, email, phone, why) in enumerate(REQUESTS):
        place = places[number * 3]
        env["vti.application.request"].create(
            {
                "vacancy_id": place.id,
                "name": name,
                "email": email,
                "phone": phone,
                "school_id": school.id,
                "qualification_id": place.qualification_ids[:1].id,
                "motivation": why,
                "lang": "nl_NL",
            }
        )


def _add_notices(env):
    """Mails of the last days, two of which VTI has to look at."""
    applications = env["vti.application"].search([("state", "=", "submitted")], order="id", limit=len(NOTICES))
    for number, ((state, subject, failure), application) in enumerate(zip(NOTICES, applications, strict=True)):
        env["vti.notice"].create(
            {
                "partner_id": (application.vacancy_id.contact_id or application.student_id.partner_id).id,
                "res_model": application._name,
                "res_id": application.id,
                "subject": subject,
                "body": f"<p>{subject} Kijk op je pagina’s bij VTI.</p>",
                "state": state,
                "sent_on": datetime.now() - timedelta(days=number + 1) if state == "sent" else False,
                "failure": failure,
            }
        )


def _add_searches(env):
    """What students keep: searches that VTI mails about, and places."""
    searches, favourites = env["vti.saved.search"], env["vti.favourite"]
    users = env["res.users"].search([("login", "=", "student")]) + env["res.users"].search(
        [("all_group_ids", "in", env.ref("vti_bpv.group_student").id), ("login", "!=", "student")], order="id", limit=4
    )
    places = env["vti.vacancy"].search([("state", "=", "published")], order="reference", limit=4 * len(users))
    for number, user in enumerate(users):
        params, frequency = SEARCHES[number % len(SEARCHES)]
        search = searches.new({"params": params})
        searches._save(user.email_normalized, search._get_query(), frequency, partner=user.partner_id)
        favourites._save(user.partner_id, places[number :: len(users)].ids)
    searches._save(VISITOR, searches.new({"params": SEARCHES[0][0]})._get_query(), "weekly")


def _add_reports(env):
    places = env["vti.vacancy"].search([("state", "=", "published")], order="reference", limit=len(REPORTS))
    for (reason, text, outcome), place in zip(REPORTS, places, strict=True):
        report = env["vti.place.report"]._tell(place, reason, text, VISITOR)
        if outcome:
            report.outcome = outcome
            report.action_done()
