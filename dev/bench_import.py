"""Measure check, import and undo of 10,000 students, and the check of 10,000 changes to them.

    make bench-import [ROWS=10000]

On a database of its own; nothing stays. Prints seconds; the goal is 60 for each step.
"""

import base64
import sys
import time

import odoo.init
import odoo.tools


def make_file(number: int, klas: str) -> bytes:
    header = (
        "Studentnummer;Voornaam;Achternaam;E-mail;Telefoon;Postcode;Plaats;Geboortedatum;School;Crebo;Leerweg;Klas;"
        "Ingeschreven vanaf;Naam ouder;E-mail ouder"
    )
    lines = [header]
    lines += [
        f"B{n:06};Sam;Meting {n};b{n}@student.example;06 {10000000 + n};3511 AB;Utrecht;{n % 28 + 1}-3-2009;"
        "BENCH;25737;bol;"
        f"{klas}{n % 9};1-8-2026;Ouder {n};ouder{n}@example.org"
        for n in range(number)
    ]
    return "\r\n".join(lines).encode("cp1252")


def main(conf: str, db: str, number: int) -> None:
    odoo.tools.config.parse_config(["-c", conf, "-d", db, "--log-level=warn", "--no-http"], setup_logging=True)
    from odoo import SUPERUSER_ID, api  # noqa: PLC0415 - only after the configuration
    from odoo.modules.registry import Registry  # noqa: PLC0415

    with Registry(db).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {"lang": "nl_NL"})
        env["res.partner"].create({"name": "Meetschool", "ref": "BENCH", "is_school": True, "is_company": True})

        def step(what, action):
            begin, queries = time.monotonic(), cr.sql_log_count
            action()
            env.flush_all()
            print(f"{what:8} {time.monotonic() - begin:6.1f} s  {cr.sql_log_count - queries:6} queries", flush=True)
            env.invalidate_all()

        def load(klas):
            return env["vti.import"].create(
                {"kind": "student", "file": base64.b64encode(make_file(number, klas)), "file_name": "bench.csv"}
            )

        first = load("K")
        step("check", first.action_check)
        step("import", first.action_import)
        assert first.state == "done", first.message
        second = load("L")
        step("check 2", second.action_check)
        step("change", second.action_import)
        assert second.state == "done", second.message
        step("undo 2", second.action_undo)
        step("undo", first.action_undo)
        cr.rollback()


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
