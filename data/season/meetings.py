"""The season's meetings: what was, what comes, and who signed up."""

from datetime import datetime, timedelta

# name, kind (of vti_events), days from today (the next weekday), hour (UTC), hours, school or company that it is
# at, who signs up, how many
MEETINGS = [
    ("Speeddates op het Vechtstad College", "speed_date", 21, 12, 3, "90AA", "students", 14),
    ("Speeddates op ROC Eemvallei", "speed_date", 4, 12, 3, "90AB", "students", 12),
    # brought to today by speed_dates.py
    ("Speeddates op het Techniekcollege Groene Hart", "speed_date", 1, 7, 4, "90AC", "students", 13),
    ("Workshop voor praktijkopleiders: het eerste gesprek", "workshop", 35, 14, 2, "", "mentors", 9),
    ("Training voor begeleiders: de eerste week en het beoordelen", "training", 50, 8, 7, "", "mentors", 8),
    ("Gastles: een dag als servicemonteur", "guest_lesson", 9, 9, 2, "90AB", "students", 11),
    ("Kijken bij Klaverdonk Elektrotechniek", "company_visit", 16, 12, 2, "00910001", "students", 8),
    ("Stagedag: oude en nieuwe stagiairs bij elkaar", "intern_day", 60, 9, 5, "", "students", 17),
    ("Reünie van oud-stagiairs", "reunion", 75, 15, 3, "", "alumni", 6),
    ("Ouderavond: je kind op stage", "parents", 44, 18, 2, "00910002", "", 0),
    ("Ledenbijeenkomst: stages komend half jaar", "network", 28, 14, 2, "", "mentors", 7),
    ("Voorlichting in de klas: zo zoek je een stage", "class_information", -12, 9, 1, "90AC", "students", 12),
    ("Workshop voor praktijkopleiders: feedback geven", "workshop", -26, 14, 2, "", "mentors", 8),
    ("Training voor begeleiders: lastige gesprekken", "training", -20, 8, 7, "", "mentors", 10),
    ("Speeddates op ROC Eemvallei, najaar", "speed_date", -41, 12, 3, "90AB", "students", 15),
]


def add_all(env, alumni, staff):
    """:param staff: users of VTI, one of whom looks after each meeting"""
    today = datetime.now().replace(minute=0, second=0, microsecond=0)
    day_of_today = today.date()
    env = env(context={**env.context, "install_mode": True})  # nobody is mailed
    people = {
        "students": env["vti.student"].search([("activated_on", "!=", False)], order="code").partner_id,
        "mentors": env["vti.guidance.role"].search([("role", "=", "practical_trainer")], order="id").partner_id,
        "alumni": alumni.partner_id,
    }
    for number, (name, kind, days, hour, length, where, who, count) in enumerate(MEETINGS):
        begin = _get_weekday(today + timedelta(days=days)).replace(hour=hour)
        host = _get_host(env, where)
        event = env["event.event"].create(
            {
                "name": name,
                "event_type_id": env.ref(f"vti_events.event_type_{kind}").id,
                "user_id": staff[number % len(staff)].id,
                "date_begin": begin,
                "date_end": begin + timedelta(hours=length),
                "date_tz": "Europe/Amsterdam",
                "event_mail_ids": [(5, 0, 0)],
                "address_id": (host or env.company.partner_id).id,
                "host_school_id": host.filtered("is_school").id,
                "host_employer_id": host.filtered("is_employer").id,
                "stage_id": env.ref(f"event.event_stage_{'announced' if days > 0 else 'done'}").id,
                "is_published": True,
            }
        )
        for check in event.check_ids.filtered(lambda check: check.due_on < day_of_today):
            check.with_user(event.user_id).is_done = check.id % 5 != 0
        chosen = people[who][number * 7 : number * 7 + count] if who == "students" else people.get(who, [])[:count]
        env["event.registration"].create(
            [
                {
                    "event_id": event.id,
                    "partner_id": partner.id,
                    "name": partner.name,
                    "email": partner.email,
                    "state": _get_state(days, place),
                }
                for place, partner in enumerate(chosen)
            ]
        )
        if kind == "company_visit":
            _add_queue(event, people["students"][-4:])


def _add_queue(event, people):
    """Some wait for a seat at a full event; the first of them may say yes."""
    event.seats_max = event.seats_taken
    for person in people:
        event._sign_up_or_wait(person)
    event.seats_max += 1


def _get_weekday(day):
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)


def _get_state(days, place):
    """Of a registration: one in six cancelled, most came to what was."""
    if place % 6 == 5:
        return "cancel"
    return "open" if days > 0 or place % 6 == 4 else "done"


def _get_host(env, number):
    """The school or company of a number; empty where there is none."""
    field = "company_registry" if len(number) == 8 else "ref"
    domain = [(field, "=", number), "|", ("is_school", "=", True), ("is_employer", "=", True)]
    return env["res.partner"].search(domain, limit=1) if number else env["res.partner"]
