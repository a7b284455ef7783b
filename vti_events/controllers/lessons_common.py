"""What the pages of school and company about a guest lesson or visit share."""

from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.vti_bpv.controllers.selection.common import private_headers, texts
from odoo.addons.vti_bpv.tools.moment import get_today, to_input

from ..models.lessons.lesson_moment import HOURS
from .events import Events

MOMENT = ("choice", "day", "time", "hours", "note")


def get_person(group):
    """The user's own partner, sudo.

    :raise NotFound: the user hasn't that role
    """
    if not request.env.user.has_group(group):
        raise request.not_found()
    return request.env.user.sudo().partner_id


def get_choices(request_sudo):
    """The wished days that are still to come, to choose from: day as text, its words."""
    return [
        (str(one.day), one._get_text(), HOURS[one.part]) for one in request_sudo.moment_ids if one.day > get_today()
    ]


def get_moment_values(proposal_sudo, form=None):
    """What the form of a moment holds: what was typed, or what lies near."""
    choices = get_choices(proposal_sudo.request_id)
    day, _sep, time = to_input(proposal_sudo.begin).partition("T")
    found = {
        "choice": choices[0][0] if choices and not day else "other",
        "day": day,
        "time": time or (choices[0][2] if choices else "10:00"),
        "hours": "2",
        "note": "",
    }
    return found | texts(form, MOMENT, 500) if form else found


def render_lesson(template, proposal_sudo, values, form, errors):
    """Render a page with the form of a moment."""
    page = {
        "proposal": proposal_sudo,
        "choices": get_choices(proposal_sudo.request_id),
        "lengths": proposal_sudo._get_lengths(),
        "values": get_moment_values(proposal_sudo, form),
        "errors": errors or {},
        **values,
    }
    return private_headers(request.render(template, page, status=422 if errors else 200))


def answer_moment(proposal_sudo, side, answer, form):
    """Do what one side answered.

    :param str answer: agree, moment or no
    :return: field -> sentence, empty where it was done
    """
    note = texts(form, ("note",), 500)["note"]
    begin = end = None
    if answer == "moment":
        begin, end, errors = proposal_sudo._read_moment(texts(form, MOMENT, 500))
        if errors:
            return errors
    try:
        with request.env.cr.savepoint():
            if answer == "no":
                proposal_sudo._say_no(note)
            else:
                proposal_sudo._say_yes(side, begin, end, note)
    except UserError as error:
        return {"form": str(error.args[0])}
    return {}


def send_calendar(event_sudo):
    """The planned lesson as a calendar file; 404 where none is planned."""
    if not event_sudo:
        raise request.not_found()
    return Events._send_calendar(event_sudo, with_call=True)


def render_over():
    return private_headers(request.render("vti_events.lesson_link_over_page", status=410))
