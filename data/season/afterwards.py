"""What comes after an internship: closing, answers to the questionnaires, who stayed as alumnus."""

from datetime import datetime, time, timedelta

ANSWERS = {  # by number of the question in its questionnaire; a scale gets the next of these marks
    "student": [
        (8, 7, 9, 6, 8, 7, 5, 9),
        (4, 5, 4, 3, 4, 2, 5),
        (4, 4, 5, 3, 4),
        (5, 5, 4, 5, 3, 5),
        (0, 1, 0, 0, 2, 1),
        (
            "Leg in de eerste week uit wie wie is.",
            "Niets, ik wil er zo weer heen!",
            "",
            "Ik wilde vaker zelf een groepenkast aansluiten.",
            "Zeg eerder hoe laat de bus vertrekt.",
        ),
    ],
    "company": [
        (8, 8, 7, 9, 6, 8),
        (4, 3, 4, 5, 3),
        (3, 4, 2, 4, 5),
        (4, 5, 4, 4),
        (0, 0, 1, 0),
        ("Een bezoek van school halverwege.", "", "Iets meer theorie over meten vooraf.", "Ging prima zo."),
    ],
    "school": [
        (8, 7, 8, 9, 6),
        (4, 5, 4, 3, 4),
        (5, 4, 4, 5),
        (4, 3, 5, 4),
        ("Vaste contactpersoon was fijn.", "", "Graag een mail als er iets met aanwezigheid is."),
    ],
}
TEXT = (
    "VTI bewaart mijn naam, e-mailadres, telefoonnummer, postcode en stages om contact met mij te houden over "
    "banen, bijbanen, nieuws en bijeenkomsten. Ik kan dit altijd intrekken."
)
STORIES = [
    "Werkt nu vier dagen bij zijn stagebedrijf. Wil in maart op school vertellen hoe een dag in de bus eruitziet.",
    "Doet nu niveau 4. Begeleidt op zaterdag een nieuwe stagiair en wil daar een stukje over schrijven.",
    "Zoekt een bijbaan in de zomer, liefst in de koeltechniek. Gebeld; komt naar de reünie.",
]


def close(env, placements):
    """Close what is over; most stay in touch, two withdrew it later.

    :return: the alumni, best known first
    """
    for placement in placements:
        placement.write({"state": "closed", "closed_on": placement.date_to, "student_confirmed_on": placement.date_to})
    consents = _add_consents(env, placements)
    placements._on_closed()
    for answer in placements.user_input_ids:
        _answer(answer)
    for consent in consents[-2:]:
        consent.write({"withdrawn_on": consent.given_on + timedelta(days=20), "withdrawn_by_id": consent.partner_id.id})
    alumni = env["vti.alumnus"].search([("student_id", "in", placements.student_id.ids)])
    for alumnus in alumni:
        alumnus.since = max(alumnus.placement_ids.mapped("date_to"))
    alumni = alumni.sorted(lambda alumnus: alumnus.student_id.code)
    for alumnus, story in zip(alumni, STORIES, strict=False):
        alumnus.message_post(body=story, subtype_xmlid="mail.mt_note")
    return alumni


def _add_consents(env, placements):
    """Two in three agree to stay in touch, some days after the end."""
    return env["vti.consent"].create(
        [
            {
                "student_id": placement.student_id.id,
                "partner_id": placement.student_id.partner_id.id,
                "purpose": "alumni",
                "text": TEXT,
                "given_on": _at(placement.date_to, 1 + number % 9, 17),
                "given_by_id": placement.student_id.partner_id.id,
                "channel": ("site", "mail", "mail")[number % 3],
            }
            for number, placement in enumerate(placements)
            if number % 3
        ]
    )


def _at(day, days, hour):
    return datetime.combine(day + timedelta(days=days), time(hour))


def _answer(answer):
    """Fill a questionnaire in; one in four never came back, and was reminded."""
    number, ended = answer.placement_id.id, answer.placement_id.date_to
    answer.deadline = _at(ended, 42, 12)
    if (number + len(answer.party)) % 4 == 0:
        answer.reminded_on = _at(ended, 8, 9)
        return
    for question, options in zip(answer.survey_id.question_ids, ANSWERS[answer.party], strict=True):
        option = options[number * 5 // 4 % len(options)]
        if question.question_type == "simple_choice":
            option = question.suggested_answer_ids[option].id
        answer._save_lines(question, option)
    moment = _at(ended, 2 + number % 11, 8 + number % 12)
    answer.write({"state": "done", "start_datetime": moment, "end_datetime": moment + timedelta(minutes=2)})
