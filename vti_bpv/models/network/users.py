from odoo import api, models


class Users(models.Model):
    _inherit = "res.users"

    # With websites Odoo only looks whether a login is taken: two links opened at once made two accounts.
    _login_once = models.UniqueIndex("(login) WHERE website_id IS NULL", "This address has an account already.")

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._sync_vti_groups()
        return users

    def write(self, vals):
        result = super().write(vals)
        if {"partner_id", "active", "group_ids"} & set(vals) and not self.env.context.get("vti_syncing_groups"):
            self._sync_vti_groups()
        return result

    def _update_last_login(self):
        """Take the first log-in of an imported student as the moment of coming alive."""
        self.env["vti.student"]._of_user(self.env.user)._activate()
        return super()._update_last_login()

    def _on_webclient_bootstrap(self):
        """Keep Odoo's robot from greeting staff with a tour of its chat."""
        if "odoobot_state" in self._fields and self.odoobot_state in (False, "not_initialized"):
            self.sudo().odoobot_state = "disabled"
        return super()._on_webclient_bootstrap()

    def _get_vti_groups(self):
        """The roles that follow from who this user is.

        :return: res.groups, among student, company, training employer and school (later modules add theirs)
        """
        self.ensure_one()
        partner, groups = self.sudo().partner_id, self.env["res.groups"]
        house = partner.commercial_partner_id
        if partner.vti_student_ids:
            groups |= self.env.ref("vti_bpv.group_student")
        if partner == house or not house.active:
            return groups
        if house.is_employer:
            groups |= self.env.ref("vti_bpv.group_company")
        if house.is_training_employer:
            groups |= self.env.ref("vti_bpv.group_training_employer")
        if house.is_school:
            groups |= self.env.ref("vti_bpv.group_school")
        return groups

    @api.model
    def _get_all_vti_groups(self):
        names = ("student", "company", "training_employer", "school", "alumnus")
        # while an upgrade that brings a new role runs, its group isn't there yet
        found = (self.env.ref(f"vti_bpv.group_{name}", raise_if_not_found=False) for name in names)
        return self.env["res.groups"].union(*filter(None, found))

    @api.private
    def _sync_vti_groups(self):
        """Give portal users exactly the roles that their records tell; the one place that does so.

        Users without portal access (whose access was revoked, and the public user) are left alone.
        """
        ours = self._get_all_vti_groups()
        portal = self.env.ref("base.group_portal")
        for user in self.sudo().filtered(lambda user: portal in user.all_group_ids):
            wanted = user._get_vti_groups()
            change = [(4, group.id) for group in wanted - user.group_ids]
            change += [(3, group.id) for group in (user.group_ids & ours) - wanted]
            if change:
                # portal itself is named, so that it stays when the role that implies it goes
                user.with_context(vti_syncing_groups=True).write({"group_ids": [(4, portal.id), *change]})

    def _drop_vti_groups(self):
        """Take all roles away, before portal access itself is."""
        ours = self._get_all_vti_groups()
        for user in self.sudo():
            user.with_context(vti_syncing_groups=True).write(
                {"group_ids": [(3, group.id) for group in user.group_ids & ours]}
            )
