"""The candidate exchange: students who were turned down and are shown to other members, and what came of it."""

from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.fields import Domain

LIKES = [
    "Buiten werken, en zien wat je die dag gemaakt hebt.",
    "Dingen uit elkaar halen en weer heel maken.",
    "Met mijn handen werken, liever dan achter een computer.",
    "Samen in een ploeg, en elke dag een andere plek.",
    "Netjes werken. Een kast die klopt, daar word ik blij van.",
]
SKILLS = [
    "Leidingen buigen en solderen, op school geoefend.",
    "Een groepenkast aansluiten onder begeleiding. VCA gehaald.",
    "Brommers opknappen. Op zaterdag werk ik in een fietsenzaak.",
    "Tekeningen lezen, meten en boren.",
    "",
]
LINES = [
    "Goed met mensen; wij zaten vol.",
    "Komt op tijd en vraagt door. Wij hadden net iemand aangenomen.",
    "Handig, en leert snel. Woonde voor ons te ver weg.",
]
ASKS = [
    "Wij zijn met z'n negenen en leggen warmtepompen aan. Kom een dag kijken!",
    "Bij ons ga je mee in de bus, met een vaste monteur. Lijkt dat je wat?",
    "Wij zoeken iemand voor de werkplaats in februari. Zin om kennis te maken?",
]
SHOWN = 12
OVER = ("withdrawn", "expired", "expired")  # how some more ended


def add_all(env, staff):
    """:param staff: users of VTI; the first noted one card by phone"""
    member = env["res.partner"]._get_exchange_member_domain()
    members = env["res.partner"].search(member, order="company_registry, id")
    logged_in = members.filtered(lambda company: company.company_registry == "00910001") or members[:1]
    others = members - logged_in
    cards = _add_cards(env, staff)
    _add_lines(env, cards)
    shown = cards.filtered(lambda card: card.state == "visible")
    for number, card in enumerate(shown):
        age = timedelta(days=2 + number * 4 % 31)
        card.shown_on = card.shown_on - age
        card.application_id.closed_on = card.shown_on
    # the company that logs in waits for one student, may call another, and had to let one go
    for card, state in zip(shown, ("asked", "granted", "granted", "asked", "declined", "asked"), strict=False):
        companies = (others if state == "asked" and card != shown[0] else logged_in) | others
        company = next((company for company in companies if card._is_shown_to(company)), None)
        if company:
            _ask(env, card, company, state)
    _add_over(env, cards.student_id, logged_in)
    _add_waiting(env, cards.student_id)
    if shown:
        shown[-1]._share(staff[0].partner_id).opened_count = 4
        _place(env, shown[-2:-1], others)
    person = logged_in.child_ids.filtered(lambda contact: contact.user_ids.filtered("share"))[:1]
    if person:
        env["vti.exchange.follow"].create({"partner_id": person.id, "params": "level=2"})


def _add_cards(env, staff):
    """Cards of students without a place, most after a no; Sam keeps his for the one who tries the site."""
    turned_down = env["vti.application"].search(
        [("state", "in", ("refused", "lapsed")), ("student_id.is_looking", "=", True),
         ("student_id.activated_on", "!=", False)], order="id",
    ).student_id  # fmt: skip
    seekers = env["vti.student"].search(env["vti.match"]._get_seeker_domain(), order="code")
    students = (turned_down | seekers).filtered(
        lambda s: s in seekers and s.activated_on and s.enrolment_id and s.birth_date and not s.user_ids
    )
    cards, until = env["vti.exchange.listing"], date.today() + timedelta(days=56)
    for number, student in enumerate(students[:SHOWN]):
        values = _get_values(number, student, until - timedelta(days=number * 3))
        if student._get_card_errors(values):
            continue
        by_phone = number % 5 == 4
        card = student.with_user(staff[0]).sudo()._show_card(
            values, student.partner_id, "phone" if by_phone else "site"
        )  # fmt: skip
        cards |= card.with_env(env)
    return cards


def _get_values(number, student, until):
    """A card as a student fills it in."""
    return {
        "audience": "all",
        "until": str(until),
        "likes": LIKES[number % len(LIKES)],
        "skills": SKILLS[number % len(SKILLS)],
        "agreed": "1",
        "companies": [(company._get_exchange_label(), "hide") for company in student._get_refusers()],
    }


def _find_others(env, known, domain):
    """Students without a card who look for a place, and don't log in themselves."""
    seekers = env["vti.student"].search(env["vti.match"]._get_seeker_domain() & domain, order="code desc")
    return (seekers - known).filtered(lambda s: s.activated_on and s.enrolment_id and s.birth_date and not s.user_ids)


def _add_over(env, known, company):
    """Cards that ended without a place: one withdrawn after a company had the contact data, others past their day."""
    today = date.today()
    old_enough = Domain("birth_date", "<", today - timedelta(days=17 * 365))
    for number, (student, state) in enumerate(zip(_find_others(env, known, old_enough), OVER, strict=False)):
        values = _get_values(number, student, today)
        if student._get_card_errors(values):
            continue
        card = student._show_card(values, student.partner_id, "site")
        card.shown_on -= timedelta(days=20 + 9 * number)
        if state == "withdrawn":
            if card._is_shown_to(company):
                _ask(env, card, company, "granted")
            card._withdraw(student.partner_id)
        else:
            card._end(state)
            card.until = today - timedelta(days=1 + number)


def _add_waiting(env, known):
    """Somebody of fifteen, for whose card a parent has to say yes."""
    young = Domain("birth_date", ">", date.today() - timedelta(days=16 * 365))
    for student in _find_others(env, known, young)[:1]:
        values = _get_values(2, student, date.today() + timedelta(days=40))
        if not student._get_card_errors(values):
            card = student._show_card(values, student.partner_id, "site")
            if not card.guardian_id:
                card.action_name_guardian("Ouder van " + student.partner_id.name, "ouder@thuis.example")


def _add_lines(env, cards):
    for number, card in enumerate(cards.filtered("application_id")[:5]):
        env["vti.exchange.line"].create({
            "application_id": card.application_id.id,
            "text": LINES[number % len(LINES)],
            "state": "waiting" if number == 4 else "shown",
        })  # fmt: skip


def _ask(env, card, company, state):
    person = company.child_ids.filtered(lambda contact: contact.type == "contact" and contact.email)[:1]
    interest = card._ask(company, person or company, ASKS[card.id % len(ASKS)])
    if state == "granted":
        interest._grant()
        env["vti.exchange.view"].create({"interest_id": interest.id, "partner_id": (person or company).id})
    elif state == "declined":
        interest._close("declined", "student")


def _place(env, card, companies):
    """One who was placed through the exchange, at the first company where the rules allow it."""
    for place in env["vti.vacancy"].search(
        [("employer_id", "in", companies.ids), ("state", "=", "published"), ("date_to", ">", date.today()),
         ("qualification_ids", "in", card.qualification_id.ids)], order="id",
    ):  # fmt: skip
        try:
            with env.cr.savepoint():
                _hire(env, card, place)
            return
        except UserError:
            continue


def _hire(env, card, place):
    company = place.employer_id
    card.interest_line_ids.filtered(lambda line: line.employer_id == company).unlink()
    _ask(env, card, company, "granted")
    interest = card.interest_line_ids.filtered(lambda line: line.employer_id == company)
    number = interest.action_hire(place.id, str(place.date_from), str(place.date_to))
    env["vti.application"].browse(number).action_accept()
