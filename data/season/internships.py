"""What became of the students and places of the lists: applications, internships, alumni."""

from datetime import date, datetime, timedelta

from odoo.addons.vti_bpv.tools.working_days import add_working_days, count_working_days

from . import lists

REFUSALS = ["We kozen iemand die dichterbij woont.", "Je was een goede kandidaat. Probeer het volgende periode weer!"]
NOTES = ["Neem je identiteitsbewijs mee en vraag naar Anja.", "We bellen je op je mobiel.", ""]


DATES = [("date_from", "Begin"), ("date_to", "Einde")]


def add_all(env):
    """:return: the internships that are over, still to be closed"""
    today = date.today()
    students = _activate(env, today)
    places = _set_states(env, today)
    applications = _add_applications(env, today, students, places)
    closed = _add_placements(env, today, applications)
    _finish_states(places)
    _ask_companies(env, today)
    return closed


def _at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour)


def _activate(env, today):
    """Let the students in who are said to be active.

    :return: dict of student number -> student
    """
    rows = lists.read_list("studenten", today)
    enrolments = env["vti.enrolment"].search([("student_number", "in", [row["Studentnummer"] for row in rows])])
    students = {enrolment.student_number: enrolment.student_id for enrolment in enrolments}
    active = env["vti.student"].union(*(students[row["Studentnummer"]] for row in rows if row["Actief"] == "ja"))
    active.write({"activated_on": _at(today - timedelta(days=30))})
    return students


def _set_states(env, today):
    """Bring the places to the state their list names.

    :return: list of (place, row)
    """
    rows = lists.read_list("stageplekken", today)
    found = env["vti.vacancy"].search([("reference", "in", [row["Referentie"] for row in rows])])
    by_reference = found.grouped("reference")
    places = [(by_reference[row["Referentie"]], row) for row in rows]
    for number, (place, row) in enumerate(places):
        if row["Status"] in ("concept", "beoordeling"):
            if row["Status"] == "beoordeling":
                place.write({"state": "review"})
            continue
        if row["Status"] == "gepubliceerd":
            place._check_publishable()
        # every ninth company is slow to confirm that its place is still there
        lags = number % 9 == 0
        online = min(today, place.date_from) - timedelta(days=3 + number * 7 % 60 + 75 * lags)
        confirmed = today - timedelta(days=60 + number % 30 if lags else number % 20)
        place.write(
            {
                "state": "published",
                "published_on": online,
                "reviewed_on": online,
                "confirmed_on": max(online, confirmed),
            }
        )
    return places


def _finish_states(places):
    ends = {"gepauzeerd": "paused", "lopend": "closed", "afgelopen": "closed", "verlopen": "expired"}
    for place, row in places:
        if row["Status"] in ends and place.state == "published":
            state = ends[row["Status"]]
            place.write({"state": state, "paused_until": state == "paused" and date.today() + timedelta(days=21)})


def _ask_companies(env, today):
    """Let companies that are slow to confirm be asked: one today, one reminded, one with its places offline."""
    checks = env["vti.place.check"]
    for number, company in enumerate(checks._get_companies_to_ask()[:6]):
        days = (0, 8, 16)[number % 3]
        check = checks._ask(company, today - timedelta(days=days))
        if days >= 8:
            check._remind(today - timedelta(days=days - 7))
        if days >= 16:
            check._take_offline(today)


def keep_mails(env):
    """Count the questions about places as sent, on the days that they would have been.

    :return: the vti.notice
    """
    notices = env["vti.notice"].search([("res_model", "=", "vti.place.check")], order="id")
    for check_id, mails in notices.grouped("res_id").items():
        check = env["vti.place.check"].browse(check_id)
        for mail, day in zip(mails, (check.asked_on, check.reminded_on, check.offline_on), strict=False):
            mail.write({"state": "sent", "sent_on": _at(day)})
    return notices


def _add_applications(env, today, students, places):
    """:return: list of (application, row)"""
    by_reference = {row["Referentie"]: place for place, row in places}
    reasons = env["vti.refusal.reason"].search([])
    rows = lists.read_list("aanmeldingen", today)
    values = []
    for number, row in enumerate(rows):
        student, place = students[row["Studentnummer"]], by_reference[row["Referentie"]]
        life = _get_life(row, place, today, number, reasons)
        values.append(
            {
                "student_id": student.id,
                "vacancy_id": place.id,
                "motivation": row["Waarom"],
                **life,
                **_get_guardian(student, number, life["submitted_on"]),
            }
        )
    applications = env["vti.application"].create(values)
    _add_consents(env, applications)
    return list(zip(applications, rows, strict=True))


def _get_life(row, place, today, number, reasons):
    """State of an application with the moments that belong to it."""
    sent = _at(today - timedelta(days=int(row["Dagen geleden"])), 8 + number % 11)
    later = min(sent + timedelta(days=3), _at(today))
    invited = {
        "invited_on": sent + timedelta(days=1),
        "meeting_at": _at(add_working_days(today, 1 + number % 8), 8 + number % 7),
        "meeting_kind": ("visit", "visit", "phone", "video")[number % 4],
        "meeting_note": NOTES[number % 3],
    }
    offered = {
        "offered_on": later,
        "offer_date_from": place.date_from,
        "offer_date_to": place.date_to,
        "offer_note": "Fijn gesprek gehad. Je kunt bij ons beginnen!",
    }
    life = {
        "nieuw": {"state": "submitted"},
        "uitgenodigd": {"state": "invited", **invited},
        "aanbod": {"state": "offered", "invited_on": sent, **offered},
        "geplaatst": {"state": "placed", "invited_on": sent, **offered, "accepted_on": later},
        "afgewezen": {
            "state": "refused",
            "end_kind": "refused",
            "closed_on": later,
            "refusal_reason_id": reasons[number % len(reasons)].id if reasons else False,
            "refusal_note": REFUSALS[number % 2],
        },
        "teruggetrokken": {"state": "withdrawn", "end_kind": "withdrawn", "closed_on": later},
        "verlopen": {"state": "lapsed", "end_kind": "lapsed", "closed_on": later},
    }
    return {"submitted_on": sent, **life[row["Status"]], **_get_answer(row["Status"], sent, later, number)}


def _get_answer(status, sent, later, number):
    """How soon the company answered: mostly within days, some after three weeks."""
    if status in ("nieuw", "teruggetrokken"):
        return {}
    due = add_working_days(sent.date(), 10)
    if status == "verlopen":
        return {"answer_due": due}
    answered = later if status == "afgewezen" else sent + timedelta(days=1)
    if number % 9 == 0 and status != "afgewezen" and sent < datetime.now() - timedelta(days=30):
        answered = sent + timedelta(days=22)
    return {
        "answered_on": answered,
        "answer_due": due,
        "answer_days": count_working_days(sent.date(), answered.date()),
    }


def _get_guardian(student, number, sent):
    """Under 16 a guardian has been asked, and mostly said yes."""
    state = student._get_guardian_state()
    guardian = student.guardian_ids[:1]
    if state != "needed" or not guardian:
        return {"guardian_state": state}
    return {
        "guardian_state": "asked" if number % 3 == 0 else "confirmed",
        "guardian_id": guardian.id,
        "guardian_asked_on": sent,
    }


def _add_consents(env, applications):
    """What guardians agreed to, the evening after they were asked."""
    env["vti.consent"].create(
        [
            {
                "student_id": application.student_id.id,
                "partner_id": application.student_id.partner_id.id,
                "purpose": "application",
                "text": "Mijn kind mag zich aanmelden; het bedrijf ziet naam, school en profiel.",
                "given_on": min(application.guardian_asked_on + timedelta(hours=9), datetime.now()),
                "given_by_id": application.guardian_id.partner_id.id,
                "channel": ("mail", "mail", "phone")[number % 3],
            }
            for number, application in enumerate(applications.filtered(lambda a: a.guardian_state == "confirmed"))
        ]
    )


def _add_placements(env, today, applications):
    """The internships of who was placed, from planned to closed.

    :return: those to be closed
    """
    states = {
        "gepland": "planned",
        "loopt": "running",
        "af te sluiten": "closing",
        "afgebroken": "broken_off",
        "nooit begonnen": "never_started",
        "afgesloten": "running",
    }
    closed = env["vti.placement"]
    for application, row in applications:
        if row["Status"] != "geplaatst":
            continue
        if row["Plaatsing"] != "nooit begonnen":
            application.vacancy_id._take_place()
        state = states[row["Plaatsing"]]
        values = {**application._prepare_placement_values(), "state": state}
        # the two agreed on other days than the place was offered for
        values |= {name: lists.get_date(row[key]) for name, key in DATES if row[key]}
        if state in ("running", "closing", "broken_off"):
            values["started_on"] = values["date_from"]
        if state in ("broken_off", "never_started"):
            ended = today - timedelta(days=2 + len(closed) * 5)
            values |= {"closed_on": ended, "end_reason": "In overleg gestopt: de student koos een andere richting."}
        placement = env["vti.placement"].create(values)
        application.placement_id = placement
        application.student_id.is_looking = state in ("broken_off", "never_started")
        if row["Plaatsing"] == "afgesloten":
            closed |= placement
    return closed
