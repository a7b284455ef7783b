"""What schools ask of companies this season, in each state, and what companies offer."""

from datetime import datetime, timedelta

# company (its number), kind, names of trades (any of them; none: all), students at most, weekdays, kilometres, text
OFFERS = [
    (
        "00910001",
        "guest_lesson",
        0,
        30,
        "tuesday thursday",
        25,
        "Een monteur neemt een meterkast mee om aan te sluiten.",
    ),
    ("00910001", "company_visit", 0, 20, "", 40, "Rondleiding door de werkplaats, en zelf een kabel trekken."),
    ("00910002", "guest_lesson", 1, 28, "monday wednesday", 30, "Hoe werkt een warmtepomp? Met een opengewerkt model."),
    ("00910003", "guest_lesson", 0, 24, "friday", 20, "Een dag uit het leven van een servicemonteur."),
    ("00910004", "company_visit", 1, 16, "thursday", 50, "Kijken bij een groot project in aanbouw."),
    ("00910005", "class_information", None, 0, "", 60, "Oud-leerlingen vertellen hoe zij een stage vonden."),
    ("00910006", "guest_lesson", None, 32, "", 15, "Veilig werken op hoogte."),
]
# school, kind, trade, students, level, year, first wished day from today, remark, what it has come to
REQUESTS = [
    ("90AA", "guest_lesson", 0, 24, "2", "1", 24, "De klas heeft net huisinstallaties gehad.", "asked"),
    ("90AB", "company_visit", 1, 18, "3", "2", 31, "", "asked"),
    ("90AA", "guest_lesson", 0, 22, "3", "2", 17, "Graag met een echte storing om op te lossen.", "offered"),
    ("90AC", "company_visit", 0, 15, "2", "1", 27, "", "coupled"),
    ("90AA", "guest_lesson", 1, 26, "4", "1", 21, "Het lokaal heeft een beamer.", "coupled"),
    ("90AA", "company_visit", 0, 20, "2", "2", 36, "", "planned"),
    ("90AB", "class_information", None, 28, "2", "1", 14, "", "planned"),
    ("90AA", "guest_lesson", 0, 25, "2", "1", 10, "", "held"),
    ("90AC", "guest_lesson", 1, 12, "vmbo", "4", 12, "", "withdrawn"),
    ("90AA", "company_visit", None, 60, "4", "3", 13, "Met zijn zestigen tegelijk.", "none"),
]


def add_all(env, staff):
    """Add offers and requests; the school's log-in has one in every state."""
    env = env(context={**env.context, "install_mode": True})
    trades = env["vti.trade"].search([])
    for number, kind, trade, most, weekdays, km, text in OFFERS:
        company = env["res.partner"].search([("company_registry", "=", number)], limit=1)
        env["vti.lesson.offer"].create(
            {
                "employer_id": company.id,
                "contact_id": _get_person(company, "recruiter").id,
                "kind": kind,
                "trade_ids": [] if trade is None else [(6, 0, trades[trade].ids)],
                "max_students": most,
                "max_km": km,
                "text": text,
                **dict.fromkeys(weekdays.split(), True),
            }
        )
    today = datetime.now().date()
    for place, (code, kind, trade, students, level, year, days, remark, state) in enumerate(REQUESTS):
        school = env["res.partner"].search([("ref", "=", code), ("is_school", "=", True)], limit=1)
        first = _get_weekday(today + timedelta(days=days))
        request = env["vti.lesson.request"].create(
            {
                "school_id": school.id,
                "campus_id": school.campus_ids[:1].id if place % 2 else False,
                "partner_id": _get_person(school, "school_coordinator").id,
                "user_id": staff[place % len(staff)].id,
                "kind": kind,
                "trade_id": False if trade is None else trades[trade].id,
                "students": students,
                "level": level,
                "study_year": year,
                "remarks": remark,
                "moment_ids": [
                    (0, 0, {"day": first, "part": "morning"}),
                    (0, 0, {"day": _get_weekday(first + timedelta(days=5)), "part": "afternoon"}),
                ],
            }
        )
        _bring_to(request, state)


def _bring_to(request, state):
    """Let a request live until it is in a state."""
    if state in ("asked", "withdrawn", "none"):
        if state != "asked":
            request._end(state)
        return
    rows = [
        (offer.employer_id, offer, request._get_reasons_text(one)) for offer, one in request._rank_offers()[request]
    ]
    proposals = request._ask(rows[:3])
    if state == "offered":
        return
    begin = datetime.combine(request.moment_ids[0].day, datetime.min.time()).replace(hour=9)
    proposals[0]._say_yes("company", begin, begin + timedelta(hours=2), "Wij komen met twee mensen.")
    if state == "coupled":
        return
    proposals[0]._say_yes("school")
    if state == "held":
        before = begin - timedelta(days=35)
        proposals[0].write({"begin": before, "end": before + timedelta(hours=2)})
        request.event_id.write({"date_begin": before, "date_end": before + timedelta(hours=2)})
        request.moment_ids.day = before.date()
        request.state = "held"


def _get_person(house, role):
    """Who has a role at a company or school, or else anybody there."""
    found = house.organisation_role_ids.filtered(lambda one: one.role == role).partner_id
    return (found or house.people_ids)[:1]


def _get_weekday(day):
    return day + timedelta(days=max(7 - day.weekday(), 0) if day.weekday() > 4 else 0)
