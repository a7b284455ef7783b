"""How companies choose: notes, moments to meet, offers with an end, and a first round without names."""

from datetime import datetime, timedelta

NOTES = [
    ("called", "Gebeld: vrolijke jongen, heeft thuis een krachtstroomkast vervangen met zijn oom. Kan op maandag."),
    ("note", "Lijkt me iets voor de ploeg van Henk. Wie belt?"),
    ("called", "Nam niet op. Morgen na schooltijd nog eens."),
]


def add_all(env):
    applications = env["vti.application"]
    shown = [("shown_on", "!=", False)]
    waiting = applications.search([("state", "=", "submitted"), *shown], order="id")
    for number, application in enumerate(waiting[::4]):
        _note(env, application, *NOTES[number % len(NOTES)])
    for application in waiting[1::9]:
        _propose(env, application)
    today = datetime.now().date()
    for number, application in enumerate(applications.search([("state", "=", "offered")], order="id")):
        application.write(
            {
                "offer_until": today + timedelta(days=(1, 4, 9)[number % 3]),
                "offer_mentor_id": application.vacancy_id.mentor_id.id,
            }
        )
    _hide_names(env, waiting[2::7].vacancy_id)


def _note(env, application, kind, text):
    people = application.employer_id.people_ids[:1]
    env["vti.application.step"].create(
        {"application_id": application.id, "partner_id": people.id, "kind": kind, "note": text}
    )


def _propose(env, application):
    """Three moments of which the student hasn't picked one yet."""
    day = datetime.now().replace(hour=14, minute=0, second=0, microsecond=0)
    moments = [day + timedelta(days=days) for days in (3, 4, 6)]
    application.action_propose_moments(moments, "visit", "Vraag naar Henk. Neem je schoolpas mee.")


def _hide_names(env, places):
    """A few companies chose a first round without names."""
    places.nameless = True
    env["vti.application"].search([("vacancy_id", "in", places.ids)]).nameless = True
