"""What lies on VTI's desk: questions from the site, unconfirmed applications, mails that didn't arrive."""

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


def add_all(env, staff):
    _add_leads(env, staff)
    _add_requests(env)
    _add_notices(env)


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
