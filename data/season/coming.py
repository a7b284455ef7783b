"""The season that comes: VTI asks its members for places, and half of them have answered."""

from datetime import datetime, timedelta

MESSAGE = "Leerlingen kiezen dit jaar vroeg. Wie nu een plek plaatst, heeft de meeste keus."
# answer, what they said; None: no answer yet
SAID = [
    ("copy", ""),
    (None, ""),
    ("none", "We hebben dit jaar geen begeleider vrij."),
    ("new", ""),
    (None, ""),
    ("copy", ""),
    ("call", "Graag na vijf uur. Het gaat om een bbl-plek."),
    (None, ""),
    ("none", "Ons werk is minder. Volgend jaar graag weer."),
    (None, ""),
]
DAYS_AGO = 9


def add_all(env):
    campaign = env["vti.campaign"].create({
        "name": f"Plekken voor {env['vti.vacancy']._get_copy_season().name}", "message": MESSAGE,
    })  # fmt: skip
    campaign.action_find_companies()
    today = env["vti.vacancy"]._get_today_here()
    campaign.write({"state": "running", "started_on": today - timedelta(days=DAYS_AGO)})
    shown = env["res.users"].search([("login", "=", "bedrijf")]).partner_id.commercial_partner_id
    for number, line in enumerate(campaign.company_ids.sorted("id")):
        person = env["vti.place.check"]._find_person(line.employer_id)
        line.write({
            "state": "asked" if person else "call", "partner_id": person.id, "asked_on": campaign.started_on,
            "opened_on": datetime.now() - timedelta(days=DAYS_AGO - 1) if number % 3 else False,
        })  # fmt: skip
        answer, words = SAID[number % len(SAID)]
        if not person or line.employer_id == shown:
            continue
        if answer == "copy":
            line._answer_copy(person, {review.place.id for review in line._get_reviews(person)[:2]}, True)
        elif answer:
            line._answer(answer, person, words)
        elif number % 4:
            line.write({"state": "reminded", "reminded_on": today - timedelta(days=2)})
