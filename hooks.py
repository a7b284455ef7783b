"""What installing the site sets up once; VTI changes it afterwards in the back office."""

import base64

from odoo.tools import file_open

NAME = "VTI"
LANGUAGES = ("nl_NL", "en_US")  # the first is the default
ROBOT = "OdooBot"  # who is the author of what no person wrote
VISITOR = "Public user"
DEFAULT_NAMES = {"My Company", "YourCompany", "My Website", "Website"}


def post_init_hook(env):
    langs = _activate_languages(env)
    logo = _read("vti_bpv/static/src/img/logo-company.png")
    for company in env["res.company"].search([("name", "in", list(DEFAULT_NAMES))]):
        company.write(
            {"name": NAME, "logo": logo, "primary_color": "#0f4aa8", "secondary_color": "#0a2c66",
             "email_primary_color": "#14213d", "email_secondary_color": "#ffc629", "country_id": env.ref("base.nl").id}
        )  # fmt: skip
    icon = _read("vti_bpv/static/src/img/apple-touch-icon.png")
    for website in env["website"].search([]):
        values = {"favicon": icon, "logo": logo, "language_ids": [(6, 0, langs.ids)], "default_lang_id": langs[0].id}
        if website.name in DEFAULT_NAMES:
            values["name"] = NAME
        website.write(values)
    _quieten_odoo(env)
    _name_visitors(env)
    _replace_default_pages(env)


def _quieten_odoo(env):
    """Turn off what Odoo sends by itself, and give what the site says by itself VTI's name.

    Once: VTI may want it otherwise. Databases made before get it from migrations/.
    """
    # whoever writes to VTI, a minor perhaps, isn't looked up at another company
    env["ir.config_parameter"].set_param("crm.iap.lead.enrich.setting", "manual")
    cron = env.ref("crm_iap_enrich.ir_cron_lead_enrichment", raise_if_not_found=False)
    if cron:
        cron.active = False
    # Odoo's weekly figures, with its own advertising, are of use to nobody here
    env["ir.config_parameter"].set_param("digest.default_digest_emails", False)
    env["digest.digest"].search([]).action_deactivate()
    robot = env.ref("base.partner_root")
    if robot.name == ROBOT:
        robot.write(
            {"name": f"{NAME} (automatisch)", "image_1920": _read("vti_bpv/static/src/img/apple-touch-icon.png")}
        )


def _name_visitors(env):
    """Name who acts without an account, in VTI's own language; staff reads it beside what a form led to."""
    visitor = env.ref("base.public_partner")
    if visitor.name == VISITOR:
        visitor.name = "Bezoeker van de site"


def _read(path):
    with file_open(path, "rb") as handle:
        return base64.b64encode(handle.read())


def _activate_languages(env):
    langs = env["res.lang"].with_context(active_test=False).search([("code", "in", LANGUAGES)])
    missing = langs.filtered(lambda lang: not lang.active)
    if missing:
        env["base.language.install"].create({"lang_ids": [(6, 0, missing.ids)], "overwrite": False}).lang_install()
    return langs.sorted(lambda lang: LANGUAGES.index(lang.code))


def _replace_default_pages(env):
    """Take away Odoo's empty home page, its contact page and its menu: VTI's stand beside them."""
    ours = env["ir.model.data"].search([("module", "=", "vti"), ("model", "in", ("website.page", "website.menu"))])
    pages = env["website.page"].search([("url", "in", ("/", "/contactus", "/contactus-thank-you"))])
    (pages - pages.browse(ours.filtered(lambda data: data.model == "website.page").mapped("res_id"))).unlink()
    menus = env["website.menu"].search([("parent_id", "!=", False), ("url", "in", ("/", "/contactus", "/event"))])
    (menus - menus.browse(ours.filtered(lambda data: data.model == "website.menu").mapped("res_id"))).unlink()
