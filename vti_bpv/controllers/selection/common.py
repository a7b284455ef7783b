"""What the pages of this room share: reading a form, keeping robots out, acting on an application."""

from datetime import UTC, datetime

from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.misc import hash_sign, verify_hash_signed

from ...tools import moment, upload
from ...tools.address import get_email_error, read_email

MIN_SECONDS = 3  # nobody fills in a form faster
PER_ADDRESS_HOUR = 60  # a whole class may sit behind one address
PER_MAIL_DAY = 5  # mails that a form sends to one address
MORE_MOMENTS = ("meeting_at_2", "meeting_at_3", "meeting_at_4")
TRAP = "homepage"  # a field that people don't see


def find_place(slug):
    """The place of an address, sudo; 404 for one that was never online.

    :raise NotFound:
    """
    number = request.env["ir.http"]._unslug(slug)[1]
    place_sudo = request.env["vti.vacancy"].sudo().browse(number or 0).exists()
    if not place_sudo or place_sudo.state in ("draft", "review"):
        raise request.not_found()
    return place_sudo


def texts(form, names, length=2000):
    """The named texts of a form, without blanks around them; `length` characters at most, or None for all."""
    return {name: str(form.get(name) or "").strip()[:length] for name in names}


def read_upload(name):
    """An uploaded file: its content (at most one byte more than is allowed) and its name."""
    file = request.httprequest.files.get(name)
    if not file or not file.filename:
        return b"", ""
    return file.read(upload.MAX_BYTES + 1), file.filename


def sign_form(scope):
    """A hidden value that tells when a form was first shown: who mends a field at once isn't too fast."""
    before = request.httprequest.form.get("shown") or ""
    if (_read_form_time(before) or [None])[0] == scope:
        return before
    now = int(datetime.now(UTC).timestamp())
    return hash_sign(request.env(su=True), "vti.form", [scope, now], expiration_hours=24)


def _read_form_time(shown):
    """What `sign_form` signed: the form and its moment (seconds since 1970); None if false or a day old."""
    try:
        return verify_hash_signed(request.env(su=True), "vti.form", shown)
    except (ValueError, IndexError):
        return None


def looks_automatic(form, scope):
    """Whether a form was sent by a robot: it filled in the trap, or came too fast or without being shown."""
    if form.get(TRAP):
        return True
    values = _read_form_time(form.get("shown") or "")
    if not values or values[0] != scope:
        return True
    return datetime.now(UTC).timestamp() - values[1] < MIN_SECONDS


def is_too_often(scope, email, limit):
    """Count one use of a public form; whether it is one too many from this network or for this mail address."""
    throttle = request.env["vti.throttle"]
    here = throttle._hit(f"{scope}_from", request.httprequest.remote_addr, PER_ADDRESS_HOUR)
    return throttle._hit(f"{scope}_to", email, limit, hours=24) or here


def get_misuse_error(form, shown_as, scope, email, limit=PER_MAIL_DAY):
    """Why a form that anybody may send isn't taken; "" where it is, which counts as one use.

    :param str shown_as: what `sign_form` was given
    :param str scope: what is counted, such as "apply"
    :param str email: the address that gets, or sends, what the form asks for
    :param int limit: how often a day for one address
    """
    if looks_automatic(form, shown_as):
        return request.env._("That was very fast. Look once more, and press the button again.")
    if is_too_often(scope, email, limit):
        return request.env._("That was a lot for one day. Try again tomorrow, or call VTI.")
    return ""


def get_mail_form_errors(form, values, shown_as, scope):
    """What is wrong with a form that mails something to the address typed in it.

    :return: field -> sentence
    :rtype: dict
    """
    if error := get_email_error(request.env, values["email"]):
        return {"email": error}
    error = get_misuse_error(form, shown_as, scope, read_email(values["email"]))
    return {"form": error} if error else {}


def act_as_student(application, action, form):
    """Do what a student asked for.

    :param application: as the student's user, or sudo where a signed link was checked
    :return: field -> sentence, empty where it was done
    :rtype: dict
    """
    if action == "birthday":
        error = application.sudo().student_id._set_birth_date(form.get("birth_date"))
        return {"birth_date": error} if error else {}
    if action == "guardian":
        values = texts(form, ("guardian_name", "guardian_email"), 120)
        errors = application._get_guardian_errors(values)
        return errors or _try(application.action_name_guardian, **values)
    if action == "pick":
        return _try(application.action_pick_slot, **texts(form, ("slot_id",)))
    if action == "object":
        values = texts(form, ("objection",), None)
        return application._get_objection_errors(values) or _try(application.action_object, **values)
    method = {
        "other_times": application.action_ask_other_times,
        "withdraw": application.action_withdraw,
        "accept": application.action_accept,
        "decline": application.action_decline,
        "remind": application.action_remind_company,
        "sms_stop": application.sudo().student_id._stop_sms,
    }.get(action)
    if not method:
        raise request.not_found()
    return _try(method)


def act_as_company(application, action, form):
    """Do what a company asked for; as `act_as_student`."""
    if action == "invite":
        values = texts(form, ("meeting_at", "meeting_kind", "meeting_note"), None)
        more = [text for text in texts(form, MORE_MOMENTS).values() if text]
        if more:
            values["moments"] = [moment.to_utc(text) for text in (values.pop("meeting_at"), *more)]
            return application._get_proposal_errors(values) or _try(application.action_propose_moments, **values)
        values["meeting_at"] = moment.to_utc(values["meeting_at"])
        return application._get_invitation_errors(values) or _try(application.action_invite, **values)
    if action == "take":
        return _try(application.action_take)
    # offer and refusal stand on one page, each with a note of its own
    if action == "offer":
        values = texts(form, ("date_from", "date_to", "offer_note", "until", "mentor_id"), None)
        values["note"] = values.pop("offer_note")
        errors = application._get_offer_errors(values) or _try(application.action_offer, **values)
    elif action == "refuse":
        values = texts(form, ("reason_id", "refuse_note"), None)
        values["note"] = values.pop("refuse_note")
        errors = application._get_refusal_errors(values) or _try(application.action_refuse, **values)
    elif action == "note":
        values = texts(form, ("note", "kind"), None)
        return application._get_note_errors(values) or _try(application.action_add_note, **values)
    else:
        raise request.not_found()
    return {f"{action}_note" if name == "note" else name: error for name, error in errors.items()}


def _try(method, **values):
    """Call an action; what it refuses is a sentence, and nothing of it stays behind."""
    try:
        with request.env.cr.savepoint():
            method(**values)
    except UserError as error:
        return {"form": str(error.args[0])}
    return {}


def private_headers(response):
    """A page behind a signed link is nobody else's: not kept, and its address isn't passed on."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def ics_response(application):
    """The meeting as a calendar file; 404 where there is none."""
    text = application._get_meeting_ics()
    if not text:
        raise request.not_found()
    headers = [
        ("Content-Type", "text/calendar; charset=utf-8"),
        ("Content-Disposition", 'attachment; filename="meeting.ics"'),
    ]
    return request.make_response(text, headers)
