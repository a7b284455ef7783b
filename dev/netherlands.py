"""The database's set-up as VTI runs it: Dutch first, English beside it, the Netherlands, euros.

Applied to the layer that every development and test database is made from. For a database of your
own: `odoo shell -d DATABASE < dev/netherlands.py`.
"""

LANGUAGES = ("nl_NL", "en_US")  # the first one is the default
TIMEZONE = "Europe/Amsterdam"


def apply(env) -> None:
    langs = env["res.lang"].with_context(active_test=False).search([("code", "in", LANGUAGES)])
    env["base.language.install"].create({"lang_ids": [(6, 0, langs.ids)], "overwrite": False}).lang_install()
    default = langs.filtered(lambda lang: lang.code == LANGUAGES[0])
    env["website"].search([]).write({"language_ids": [(6, 0, langs.ids)], "default_lang_id": default.id})
    env["res.company"].search([]).write(
        {"country_id": env.ref("base.nl").id, "currency_id": env.ref("base.EUR").id},
    )
    habits = {"lang": default.code, "tz": TIMEZONE}
    for field, value in habits.items():
        env["ir.default"].set("res.partner", field, value)
    env["res.users"].with_context(active_test=False).search([]).partner_id.write(habits)
    env.cr.commit()


if "env" in globals():  # inside `odoo shell`
    apply(env)  # noqa: F821
