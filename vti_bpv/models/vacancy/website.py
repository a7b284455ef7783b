from odoo import models

# `?` begins a search, `$` is the end of an address
NOT_FOR_ROBOTS = (
    "/stages?", "/stages/*/apply", "/stages/*/mail", "/stages/*/report", "/stages/*/poster.pdf",
    "/bedrijven/*/poster.pdf", "/stages/embed", "/bewaard", "/zoekopdracht", "/application/", "/student/",
    "/my$", "/my/", "/web/login", "/web/signup", "/web/reset_password", "/website/lang",
)  # fmt: skip


class Website(models.Model):
    _inherit = "website"

    def _get_robots_disallowed(self):
        """Patterns of the addresses that search engines needn't read, in each language."""
        default = self._get_cached("default_lang_id")
        others = [lang.url_code for lang in self.env["res.lang"]._get_frontend().values() if lang.id != default]
        return [start + path for start in ("", *(f"/{code}" for code in others)) for path in NOT_FOR_ROBOTS]

    def _enumerate_places(self):
        """Addresses of the open places and their companies for the sitemap, with the day of their last change."""
        slug = self.env["ir.http"]._slug
        self.env["vti.vacancy"].flush_model()
        self.env.cr.execute("""
            SELECT v.id, v.name, v.write_date, p.id, p.name, p.write_date
            FROM vti_vacancy v JOIN res_partner p ON p.id = v.employer_id WHERE v.state = 'published' ORDER BY v.id
        """)
        places, companies = self.env.cr.fetchall(), {}
        newest = max((changed for _id, _name, changed, *_company in places), default=None)
        yield {"loc": "/stages", **({"lastmod": newest.date()} if newest else {})}
        for number, name, changed, company, company_name, company_changed in places:
            yield {"loc": f"/stages/{slug((number, name))}", "lastmod": changed.date()}
            before = companies.get(company, ("", company_changed))[1]
            companies[company] = (company_name, max(before, changed))
        for number, (name, changed) in companies.items():
            yield {"loc": f"/bedrijven/{slug((number, name))}", "lastmod": changed.date()}
        yield from self._enumerate_landings()
