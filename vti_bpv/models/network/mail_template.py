import logging

from lxml import etree

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import ValidationError
from odoo.modules import Manifest
from odoo.tools.convert import xml_import
from odoo.tools.misc import file_path

_logger = logging.getLogger(__name__)


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _render_eval_context(self):
        # What notices add at rendering; empty here, so that a text that uses it can be saved and previewed.
        return {"partner": self.env["res.partner"], "values": {}, **super()._render_eval_context()}

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        done = super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)
        for template in self:
            template.write({"active": template.active})  # says who changed it, which Odoo doesn't for a subject
        return done

    @api.model
    def _refresh_untouched(self, modules):
        """Give mails that staff never changed the words that these modules have now, in each language.

        Their files are read at install only, as staff may change any mail. What modules write, the superuser wrote.

        :param modules: names of installed modules
        """
        for module in modules:
            data = self.env["ir.model.data"].search([("module", "=", module), ("model", "=", self._name)])
            untouched = self.browse(data.mapped("res_id")).exists().filtered(lambda t: t.write_uid.id == SUPERUSER_ID)
            names = [row.name for row in data if row.res_id in untouched.ids]
            for name in Manifest.for_addon(module)["data"]:
                if name.endswith(".xml"):
                    self._reload_records(module, f"{module}/{name}", names)
            if names:
                self._override_translation_term(module, [f"{module}.{name}" for name in names])

    def _reload_records(self, module, path, names):
        full_path = file_path(path)
        loader = xml_import(self.env, module, {}, mode="init", xml_filename=full_path)
        for record in etree.parse(full_path).iterfind(f".//record[@model='{self._name}']"):
            if record.get("id") in names:
                try:
                    with self.env.cr.savepoint():
                        loader._tag_record(record)
                except ValidationError:  # an update never stops at a mail: it keeps its words of before
                    _logger.exception("Mail %s.%s keeps its old words", module, record.get("id"))
