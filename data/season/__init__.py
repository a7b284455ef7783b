"""The demo season: a region's companies, schools, students and internships, all invented.

The lists beside this file are in the format of VTI's own import and come in through it. Dates in
them are relative: `+30d` is thirty days from today, `feb+30d` from the next first of February (or
`sep`), `+30d ma` the Monday of that week, `vr` its Friday. Columns that the import doesn't know
(Status, Actief) say what the loader does with a record after that. `aanmeldingen.csv` is read by
the loader alone.
"""

from . import afterwards, coming, division, exchange, internships, lists, matching  # isort: skip
from . import lessons, meetings, office, people, selection, speed_dates  # isort: skip

PARAMETER = "vti.demo_season"
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "no_reset_password": True,
    "mail_notify_force_send": False,
}


def load(env):
    """Load the season, once; all of it or nothing, for it is one transaction of the caller.

    :param env: of the superuser
    :return: dict whose key `logins` holds rows of role, login and password
    """
    env = env(context={**env.context, **QUIET})
    parameters = env["ir.config_parameter"].sudo()
    if not parameters.get_param(PARAMETER):
        before = {model: _get_last_id(env, model) for model in ("vti.notice", "mail.mail")}
        lists.add_seasons(env)
        staff = people.add_staff(env)
        lists.import_all(env(user=staff[0]))
        people.share_companies(env, staff)
        alumni = afterwards.close(env, internships.add_all(env))
        people.add_users(env, alumni)
        matching.add_all(env, staff)
        selection.add_all(env)
        division.add_all(env)
        exchange.add_all(env, staff)
        meetings.add_all(env, alumni, staff)
        speed_dates.add_all(env)
        lessons.add_all(env, staff)
        coming.add_all(env)
        # what the season's people would be mailed stays unsaid: they don't exist
        asked = internships.keep_mails(env)
        for model, last in before.items():
            env[model].search([("id", ">", last), ("id", "not in", asked.ids if model == asked._name else [])]).unlink()
        office.add_all(env, staff)
        parameters.set_param(PARAMETER, "1")
    return {"logins": people.LOGINS}


def _get_last_id(env, model):
    return env[model].search([], order="id desc", limit=1).id or 0
