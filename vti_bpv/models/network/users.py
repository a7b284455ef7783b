from odoo import api, models


class Users(models.Model):
    _inherit = "res.users"

    def _get_vti_groups(self):
        """The roles that follow from who this user is.

        :return: res.groups, among student, company and school (later rooms and modules add theirs)
        """
        self.ensure_one()
        partner, groups = self.sudo().partner_id, self.env["res.groups"]
        house = partner.commercial_partner_id
        if partner.vti_student_ids:
            groups |= self.env.ref("vti_bpv.group_student")
        if partner != house and house.is_employer:
            groups |= self.env.ref("vti_bpv.group_company")
        if partner != house and house.is_school:
            groups |= self.env.ref("vti_bpv.group_school")
        return groups

    @api.model
    def _get_all_vti_groups(self):
        names = ("student", "company", "school", "alumnus")
        return self.env["res.groups"].union(*(self.env.ref(f"vti_bpv.group_{name}") for name in names))

    @api.private
    def _sync_vti_groups(self):
        """Give portal users exactly the roles that their records tell; the one place that does so."""
        ours = self._get_all_vti_groups()
        for user in self.sudo().filtered("share"):
            wanted = user._get_vti_groups()
            change = [(4, group.id) for group in wanted - user.group_ids]
            change += [(3, group.id) for group in (user.group_ids & ours) - wanted]
            if change:
                user.write({"group_ids": change})

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._sync_vti_groups()
        return users
