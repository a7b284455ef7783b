from odoo import fields, models


class Partner(models.Model):
    _inherit = "res.partner"

    vacancy_ids = fields.One2many("vti.vacancy", "employer_id", "Places", groups="vti_bpv.group_user")
    vacancy_count = fields.Integer(compute="_compute_vacancy_count", groups="vti_bpv.group_user")
    open_place_count = fields.Integer(
        "Places left", compute="_compute_open_place_count", groups="vti_bpv.group_user", help="For how many students."
    )

    def _compute_vacancy_count(self):
        counts = dict(self.env["vti.vacancy"]._read_group(
            [("employer_id", "in", self.ids)], ["employer_id"], ["__count"]
        ))  # fmt: skip
        for partner in self:
            partner.vacancy_count = counts.get(partner, 0)

    def _compute_open_place_count(self):
        published = [("state", "=", "published")]
        counts = self._get_counts("vti.vacancy", "employer_id", published, "places_left:sum")
        for partner in self:
            partner.open_place_count = counts.get(partner._origin, 0)

    def action_open_places(self):
        """Show the places of this company."""
        self.ensure_one()
        domain = [("employer_id", "=", self.id)]
        return self._open_list("vti_bpv.vti_vacancy_action", domain, default_employer_id=self.id)

    def _get_open_places(self, limit=60):
        """The published places of a company, newest first; sudo."""
        self.ensure_one()
        return (
            self.env["vti.vacancy"]
            .sudo()
            .search(
                [("employer_id", "=", self.id), ("state", "=", "published")],
                order="published_on desc, id desc",
                limit=limit,
            )
        )

    def _get_caller(self):
        """Who of VTI calls this company: who looks after it, else the first of the staff."""
        staff = self.env.ref("vti_bpv.group_user").sudo().all_user_ids.filtered(lambda u: u.active and not u.share)
        root = self.env.ref("base.user_root")
        return self.user_id or (staff - root).sorted("id")[:1] or root

    def _is_public_company(self):
        """Whether visitors may see this partner's page: a member, or a company with an open place."""
        self.ensure_one()
        partner = self.sudo()
        return bool(
            partner.active
            and partner.is_employer
            and partner.is_company
            and (partner.membership_state == "member" or partner._get_open_places(limit=1))
        )

    def _get_page_fields(self):
        """Hook for the rooms after this one: the columns of a company or address that public pages show.

        Pages are made anew when one of them changes.
        """
        return ["name", "about", "employee_count", "website", "street", "zip", "city", "postcode_id", "country_id"]

    def _get_page_badges(self, view=None):
        """Hook for the rooms after this one: good things to say of a company on its public pages.

        :param view: what `_get_places_view` gave, to take them from memory for some minutes
        :return: a list of str
        """
        self.ensure_one()
        return []
