"""What students wish, what places offer, and what the radar made of it."""

from datetime import timedelta

# kinds of work by trade, as the ends of their xmlids
KINDS = {
    "electrical": ("solar", "wiring", "panels", "faults", "building"),
    "plumbing": ("heating", "heat_pump", "bathroom", "pipes", "customers"),
    "cooling": ("cooling", "air", "heat_pump", "faults"),
    "service": ("customers", "faults", "heating"),
    "mechatronics": ("panels", "workshop", "faults", "smart"),
    "smart": ("smart", "wiring", "panels"),
    "engineering": ("drawing", "workshop"),
    "infra": ("pipes", "building"),
    "entry": ("workshop", "wiring", "pipes", "bathroom"),
}
MODES = ("transit", "bike", "transit", "car", False)
SAM = {"travel_mode": "transit", "wish_days": 4, "interests": ("solar", "faults")}  # the student who can log in


def add_all(env, staff):
    """:param staff: users of VTI; the first sends some of the proposals"""
    kinds = {
        trade.id: [env.ref(f"vti_bpv.interest_{name}").id for name in KINDS[key]]
        for key in KINDS
        if (trade := env.ref(f"vti_bpv.trade_{key}", raise_if_not_found=False))
    }
    _add_offers(env, kinds)
    _add_wishes(env, kinds)
    _limit_companies(env)
    _run(env, staff)
    _tip_sam(env, staff)


def _add_offers(env, kinds):
    for number, place in enumerate(env["vti.vacancy"].search([], order="id")):
        offered = kinds.get(place.trade_id.id, [])
        if offered:
            place.interest_ids = [(6, 0, [offered[(number + step) % len(offered)] for step in range(1 + number % 3)])]


def _add_wishes(env, kinds):
    """Three in four students filled in their wishes."""
    start = env["vti.season"]._of_day().date_to
    for number, student in enumerate(env["vti.student"].search([], order="code")):
        if number % 4 == 3:
            continue
        wished = kinds.get(student.enrolment_id.qualification_id.trade_id.id, [])
        student.write(
            {
                "travel_mode": MODES[number % 5],
                "wish_days": (4, 4, 5, 3)[number // 3 % 4],
                "wish_from": start - timedelta(days=170) if start and number % 2 else False,
                "wish_side_job": number % 6 == 0,
                "interest_ids": [(6, 0, [kind for step, kind in enumerate(wished) if (number + step) % 3])],
            }
        )
    sam = env["vti.enrolment"].search([("student_number", "=", "200001")], limit=1).student_id
    sam.write({name: SAM[name] for name in ("travel_mode", "wish_days")})
    sam.interest_ids = [(6, 0, [env.ref(f"vti_bpv.interest_{name}").id for name in SAM["interests"]])]


def _limit_companies(env):
    companies = env["res.partner"].search([("is_employer", "=", True)], order="company_registry, id")
    for number, company in enumerate(companies):
        if number % 4 == 0:
            company.max_interns = 3 + number % 5


def _run(env, staff):
    """A first run, of which VTI sent some and put some aside; three applied, three said no. Then a second."""
    runs = env["vti.match.run"]
    for sends in (True, False):
        season = env["vti.season"]._of_day()
        runs._queue(season)
        runs._cron_work()
        proposals = runs.search([], limit=1).proposal_ids
        if sends and proposals:
            proposals[: max(2, len(proposals) // 4)].with_user(staff[0])._send()
            proposals.filtered(lambda proposal: proposal.state == "sent").sent_by_id = staff[0]
            proposals[-1:].action_dismiss()
            sent = proposals.filtered(lambda proposal: proposal.state == "sent")
            _apply(env, sent[:3])
            for proposal, why in zip(sent[3:6], ("far", "work", "found"), strict=False):
                proposal._decline(why)


def _apply(env, proposals):
    for proposal in proposals:
        env["vti.application"].create(
            {
                "student_id": proposal.student_id.id,
                "vacancy_id": proposal.vacancy_id.id,
                "motivation": "VTI wees me op deze plek. Het werk lijkt me leuk en het is niet ver.",
            }
        )


def _tip_sam(env, staff):
    """VTI sent a tip to the student who can log in; it waits for an answer."""
    sam = env["vti.enrolment"].search([("student_number", "=", "200001")], limit=1).student_id
    choices = env["vti.match.choice"].search(sam.action_open_matches()["domain"])
    if choices:
        proposal = env["vti.match.proposal"].browse(choices[0].action_propose()["res_id"])
        proposal.with_user(staff[0])._send()
        proposal.sent_by_id = staff[0]
