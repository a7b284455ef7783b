"""Installs or updates modules in a database; run by dev/database.py with the venv's Python."""

import json
import sys

import odoo.init
import odoo.tools


def module_states(env) -> dict:
    return {module.name: module.state for module in env["ir.module.module"].search([])}


def main(job: dict) -> None:
    odoo.tools.config.parse_config(
        ["-c", job["conf"], "-d", job["db"], "--log-level=warn", "--no-http"], setup_logging=True
    )
    from odoo import SUPERUSER_ID, api  # noqa: PLC0415 - only after the configuration
    from odoo.modules.registry import Registry  # noqa: PLC0415
    from odoo.service import db as service  # noqa: PLC0415

    try:
        service._create_empty_database(job["db"])
        known = {}
    except service.DatabaseExists:
        with odoo.sql_db.db_connect(job["db"]).cursor() as cr:
            cr.execute("SELECT name FROM ir_module_module WHERE state = 'installed'")
            known = {name for (name,) in cr.fetchall()}
    wanted = set(job["modules"])
    registry = Registry.new(
        job["db"], update_module=True, install_modules=wanted - set(known), upgrade_modules=wanted & set(known)
    )
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        if missing := {name for name in wanted if module_states(env).get(name) != "installed"}:
            sys.exit(f"not installed: {missing}")
        if job["netherlands"]:
            import netherlands  # noqa: PLC0415

            netherlands.apply(env)
        for kind, names in job["bundles"].items():
            for name in names:
                getattr(env["ir.qweb"]._get_asset_bundle(name, css=kind == "css", js=kind == "js"), kind)()


main(json.loads(sys.argv[1]))
