"""How companies choose: notes, moments to meet, offers with an end, and a first round without names."""

from datetime import datetime, time, timedelta

from odoo.addons.vti_bpv.tools.working_days import add_working_days

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
    # these came in as they are, without the calendar hearing of it
    applications.search(
        [("state", "in", ("invited", "offered")), ("meeting_at", ">", datetime.now())]
    )._follow_calendar()


def _note(env, application, kind, text):
    people = application.employer_id.people_ids[:1]
    env["vti.application.step"].create(
        {"application_id": application.id, "partner_id": people.id, "kind": kind, "note": text}
    )


def _propose(env, application):
    """Three moments of which the student hasn't picked one yet."""
    today = datetime.now().date()
    moments = [datetime.combine(add_working_days(today, days), time(14)) for days in (3, 4, 6)]
    application.action_propose_moments(moments, "visit", "Vraag naar Henk. Neem je schoolpas mee.")


def _hide_names(env, places):
    """A few companies chose a first round without names."""
    places.nameless = True
    env["vti.application"].search([("vacancy_id", "in", places.ids)]).nameless = True
