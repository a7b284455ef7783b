"""The season's speed-dates: one is held now, students and companies choose for the next, one is planned, one over."""

import random
from datetime import timedelta

from . import speed_day

# kind of the event, in the past, what it has come to, students; the first event that comes goes first
DATES = [
    ("speed_date", False, "live", 44),
    ("speed_date", False, "ranks", 32),
    ("speed_date", False, "wishes", 40),
    ("intern_day", False, "published", 48),
    ("speed_date", True, "done", 36),
]
ROOMS = [("Aula", 0), ("Lokaal B1.07", 2), ("Praktijkhal", 4)]


def add_all(env):
    """Add rooms, companies with tables, students with wishes, and the plans."""
    env = env(context={**env.context, "install_mode": True})  # nobody is mailed
    mine = env["res.users"].search([("login", "in", ("student", "bedrijf"))]).partner_id
    used, now = env["event.event"], env.cr.now()
    for number, (kind, past, state, students) in enumerate(DATES):
        when = ("date_begin", "<" if past else ">", now)
        event = env["event.event"].search([("vti_kind", "=", kind), when, ("id", "not in", used.ids)], limit=1)
        used |= event
        chance = random.Random(number)  # the same season each time
        if state == "live":
            speed_day.bring_to_today(event)
        date = env["vti.speed.date"].create({"event_id": event.id, "round_count": 8, "promise": 2})
        companies = _add_companies(env, date, mine.commercial_partner_id)
        came_of_it = speed_day.get_placed(date) if state == "done" else env["vti.application"]
        first = mine | came_of_it.student_id.partner_id
        lines = _add_students(env, date, event, first, students, chance)
        _add_wishes(env, lines, companies, chance, came_of_it)
        date.action_open_wishes()
        if state == "ranks":
            # the turn of the companies; the demo's own one hasn't chosen yet
            date.write(
                {
                    "wish_deadline": (now - timedelta(hours=20)).replace(minute=0, second=0, microsecond=0),
                    "companies_asked": True,
                }
            )
            companies[0].wish_ids.company_rank = 0
        if state in ("wishes", "ranks"):
            continue
        if state == "live":
            speed_day.set_clock(date)
        date.action_plan()
        date.state = "published" if state == "live" else state
        if state == "live":
            speed_day.open_door(date, mine, chance)
        if state in ("live", "done"):
            speed_day.add_answers(date, came_of_it, chance)


def _add_companies(env, date, mine):
    rooms = env["vti.speed.room"].create(
        [{"speed_date_id": date.id, "name": name, "walk_minutes": minutes} for name, minutes in ROOMS]
    )
    places = env["vti.vacancy"].search([("state", "=", "published")], order="id")
    employers = (places.employer_id & mine) | places.employer_id[:9]
    trades = env["vti.trade"].search([])
    return env["vti.speed.company"].create(
        [
            {
                "speed_date_id": date.id,
                "employer_id": employer.id,
                "room_id": rooms[place % len(rooms)].id,
                "tables": 2 if place % 4 == 0 else 1,
                "vacancy_ids": [(6, 0, places.filtered(lambda p, e=employer: p.employer_id == e)[:2].ids)],
                "away_round_ids": [(6, 0, date.round_ids[-1:].ids if place % 5 == 4 else [])],
                # some say what they look for
                "want_levels": "34" if place % 3 == 1 else False,
                "want_path": "bol" if place % 4 == 3 else False,
                "want_trade_ids": [(6, 0, trades[place % len(trades)].ids if place % 3 == 2 else [])],
                "want_km": 20 if place % 4 == 1 else 0,
            }
            for place, employer in enumerate(employers)
        ]
    )


def _add_students(env, date, event, mine, number, chance):
    """Who signed up for the event, then others; the demo's own student is there."""
    signed_up = event.registration_ids.filtered(lambda registration: registration.state != "cancel")
    registered = {registration.partner_id: registration.id for registration in signed_up}
    students = env["vti.student"].search([("activated_on", "!=", False)], order="code")
    students = students.sorted(lambda s: (s.partner_id not in mine, s.partner_id not in registered, s.code))[:number]
    return env["vti.speed.student"].create(
        [
            {
                "speed_date_id": date.id,
                "student_id": student.id,
                "registration_id": registered.get(student.partner_id),
                "away_round_ids": [(6, 0, chance.sample(date.round_ids.ids, 1) if chance.random() < 0.2 else [])],
            }
            for student in students
        ]
    )


def _add_wishes(env, lines, companies, chance, came_of_it):
    """Some companies are liked more than others; each company chooses among who chose it.

    :param came_of_it: applications of students who met the company here first
    """
    rows, later = {}, {one.student_id: one.vacancy_id.employer_id for one in came_of_it}
    for line in lines:
        liked = sorted(range(len(companies)), key=lambda place: chance.random() ** (place + 3), reverse=True)
        liked.sort(key=lambda place, one=line: companies[place].employer_id != later.get(one.student_id))
        for rank, place in enumerate(liked[:4], 1):
            rows[line.id, companies[place].id] = {"student_rank": rank}
    for company in companies:
        fans = [line.id for line in lines if (line.id, company.id) in rows]
        for rank, line in enumerate(chance.sample(fans, min(3, len(fans))), 1):
            rows[line, company.id]["company_rank"] = rank
    env["vti.speed.wish"].create(
        [{"student_id": student, "company_id": company, **row} for (student, company), row in rows.items()]
    )
