"""Loads the demo season and prints its log-ins as JSON; run by dev/server.py with the venv's Python.

The season is the site's: `odoo.addons.vti.data.season.load(env)`, safe to call again, gives a dict
whose key `logins` holds (role, login, password) rows.
"""

import importlib.util
import json
import sys

import odoo.init
import odoo.tools


def main(conf: str, db: str, target: str) -> None:
    odoo.tools.config.parse_config(["-c", conf, "-d", db, "--log-level=warn", "--no-http"], setup_logging=True)
    from odoo import SUPERUSER_ID, api  # noqa: PLC0415 - only after the configuration
    from odoo.modules.registry import Registry  # noqa: PLC0415

    registry = Registry(db)
    logins = [("VTI", "admin", "admin")]
    folder = importlib.util.find_spec("odoo.addons.vti.data")
    if folder and importlib.util.find_spec(f"{folder.name}.season"):
        season = importlib.import_module("odoo.addons.vti.data.season")
        with registry.cursor() as cr:
            logins = season.load(api.Environment(cr, SUPERUSER_ID, {"lang": "nl_NL"}))["logins"]
    else:
        print("no demo season yet: an empty site", flush=True)
    with open(target, "w") as out:
        json.dump(logins, out)


main(*sys.argv[1:])
