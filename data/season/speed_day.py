"""The day of a speed-date: one that runs while somebody looks at the demo, and what came of one that is over."""

from datetime import timedelta

ANSWERS = ["yes", "yes", "maybe", "no"]
OVER_AND_RUNNING = timedelta(minutes=45)  # how long it has been under way when the season is loaded


def bring_to_today(event):
    """Let an event begin a moment ago."""
    now = event.env.cr.now().replace(minute=event.env.cr.now().minute // 5 * 5, second=0, microsecond=0)
    begin = now - OVER_AND_RUNNING
    event.write({"date_begin": begin, "date_end": begin + timedelta(hours=4)})


def set_clock(date):
    """Long rounds, so that it still runs when somebody looks later."""
    date.write({"talk_minutes": 20, "pause_minutes": 5, "break_after": 4, "break_minutes": 20})


def open_door(date, mine, chance):
    """Most are here, some are still expected; one of the demo's own people is, so that there is a code to show."""
    others = date.student_ids.filtered(lambda line: line.partner_id not in mine)
    late = others.browse(chance.sample(others.ids, 5))
    (others - late).registration_id.action_set_done()


def get_placed(date):
    """Applications that were accepted after a speed-date, at a company that was there: one of each student."""
    found = date.env["vti.application"].search(
        [("state", "=", "placed"), ("accepted_on", ">", date.starts_at),
         ("vacancy_id.employer_id", "in", date.company_ids.employer_id.ids)], order="id",
    )  # fmt: skip
    return found.browse([applications[0].id for applications in found.grouped("student_id").values()][:6])


def add_answers(date, came_of_it, chance):
    """What both sides said after the talks that are over; two times yes where it came to an internship."""
    now, later = date.env.cr.now(), {(one.student_id, one.vacancy_id.employer_id): one for one in came_of_it}
    for talk in date.talk_ids.filtered(lambda talk: talk.round_id.ends_at <= now):
        application = later.get((talk.student_id.student_id, talk.company_id.employer_id))
        if application:
            talk.write({"student_answer": "yes", "company_answer": "yes", "application_id": application.id})
        elif date.state == "done" or chance.random() < 0.7:
            answers = chance.choice(ANSWERS), chance.choice(ANSWERS)
            # who would now have an application together hasn't answered yet
            talk.student_answer = answers[0]
            talk.company_answer = False if date.state != "done" and answers == ("yes", "yes") else answers[1]
