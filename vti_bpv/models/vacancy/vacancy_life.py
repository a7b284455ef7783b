from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

EXPIRE_BATCH = 200


class Vacancy(models.Model):
    """The life of a place: one action per arrow, safe to call for whoever may read it."""

    _inherit = "vti.vacancy"

    # who may

    def _is_managed_by(self, user):
        """Whether a user is of this place's company, and of its branch where limited to branches."""
        self.ensure_one()
        partner, vacancy_sudo = user.sudo().partner_id, self.sudo()
        scope = partner.branch_scope_ids
        return (
            user.has_group("vti_bpv.group_company")
            and partner.commercial_partner_id == vacancy_sudo.employer_id
            and (not scope or vacancy_sudo.branch_id in scope)
        )

    def _check_manage(self):
        """Let VTI's staff and the place's own company through.

        :raise AccessError: for everybody else
        """
        if self.env.su:
            return
        if self.env.user._is_internal():
            self.check_access("write")
            return
        self.check_access("read")
        if not all(vacancy._is_managed_by(self.env.user) for vacancy in self):
            raise AccessError(self.env._("This place is of another company or branch."))

    def _check_staff(self):
        if not self.env.su and not self.env.user.has_group("vti_bpv.group_user"):
            raise AccessError(self.env._("Only VTI can do this."))
        self.check_access("write")

    def _check_state(self, *states):
        """:raise UserError: where one of these isn't in any of these states"""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for vacancy in self.sudo():
            if vacancy.state not in states:
                raise UserError(
                    self.env._(
                        "“%(name)s” can't be changed this way: it is %(state)s.",
                        name=vacancy.name,
                        state=labels[vacancy.state].lower(),
                    )
                )

    def _check_publishable(self):
        """:raise UserError: naming all that stands in the way"""
        for vacancy in self:
            problems = vacancy._get_publish_problems()
            if problems:
                raise UserError("\n".join(message for _code, message in problems))

    def _is_company_trusted(self):
        """Whether this place's company publishes by itself: VTI has looked at an earlier place of it."""
        self.ensure_one()
        if not self.env["ir.config_parameter"].sudo().get_param("vti_bpv.review_first_place"):
            return True
        return bool(
            self.sudo().search_count(
                [("employer_id", "=", self.sudo().employer_id.id), ("reviewed_on", "!=", False)], limit=1
            )
        )

    # arrows

    def action_submit(self):
        """Hand a draft in: to VTI for a company's first place, or straight to the site."""
        self._check_manage()
        self._check_state("draft")
        self._check_publishable()
        for vacancy in self.sudo():
            if vacancy._is_company_trusted():
                vacancy._publish()
            else:
                vacancy.write({"state": "review", "sent_back_reason": False})
                vacancy._ask_review()
        return True

    def action_publish(self):
        """Publish after a look by VTI."""
        self._check_staff()
        self._check_state("draft", "review")
        self._check_publishable()
        today = fields.Date.context_today(self)
        for vacancy in self.sudo():
            vacancy._publish(reviewed_on=today)
        return True

    def action_send_back(self, reason):
        """Give a place back to its company, with what to change.

        :param str reason: what the company reads
        """
        self._check_staff()
        self._check_state("review")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Write what the company should change."))
        self.sudo().write({"state": "draft", "sent_back_reason": reason})
        self._close_review()
        for vacancy in self.sudo():
            vacancy._notify_company("vti_bpv.mail_vacancy_sent_back", urgent=True)
        return True

    def action_pause(self, until=None):
        """Take a place offline for a while.

        :param until: the day it comes online again by itself; without one, somebody puts it back
        """
        self._check_manage()
        self._check_state("published")
        self.sudo().write({"state": "paused", "paused_until": self._read_pause_end(until)})
        return True

    def action_resume(self):
        """Put a paused place online again."""
        self._check_manage()
        self._check_state("paused", "filled")
        for vacancy in self.sudo():
            if not vacancy.places_left:
                raise UserError(self.env._("All places of “%(name)s” are taken.", name=vacancy.name))
        self._check_publishable()
        self.sudo().write({"state": "published"})
        return True

    def action_fill(self):
        """Note that the company found its interns, here or elsewhere."""
        self._check_manage()
        self._check_state("published", "paused")
        self.sudo().write({"state": "filled"})
        return True

    def action_close(self):
        """Withdraw a place for good."""
        self._check_manage()
        self._check_state("draft", "review", "published", "paused", "filled")
        self.sudo().write({"state": "closed"})
        self._close_review()
        return True

    def action_confirm(self):
        """Say that the place still stands."""
        self._check_manage()
        self._check_state("published", "paused")
        self._note_confirmed()
        return True

    # what goes with them

    def _publish(self, **values):
        """Put these places online and tell their company; VTI reads what was warned of."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        self.write(
            {"state": "published", "published_on": today, "confirmed_on": today, "sent_back_reason": False, **values}
        )
        self._close_review()
        warned = [message for _code, message in self._get_publish_warnings()]
        if warned:
            self.message_post(
                body=self.env._("Published with: %(warnings)s", warnings=" ".join(warned)),
                author_id=self.env.ref("base.partner_root").id,
            )
        self._notify_company("vti_bpv.mail_vacancy_published")

    def _ask_review(self):
        """Put it on VTI's list of things to do."""
        staff = self.env.ref("vti_bpv.group_user").all_user_ids.filtered(lambda user: user.active and not user.share)
        user = self.employer_id.user_id or staff.filtered(lambda u: u.id > 1)[:1] or self.env.ref("base.user_admin")
        self.activity_schedule("vti_bpv.activity_review_vacancy", user_id=user.id)

    def _close_review(self):
        self.sudo().activity_unlink(["vti_bpv.activity_review_vacancy"])

    def _get_recruiters(self):
        """Who of the company hears about its places: the contact, else its recruiters, else the company."""
        self.ensure_one()
        vacancy, today = self.sudo(), fields.Date.context_today(self)
        if vacancy.contact_id.email:
            return vacancy.contact_id
        roles = (vacancy.place_id | vacancy.employer_id).organisation_role_ids.filtered(
            lambda r: r.role == "recruiter" and (not r.date_to or r.date_to >= today)
        )
        return roles.partner_id.filtered("email") or vacancy.employer_id.filtered("email")

    def _notify_company(self, template, urgent=False):
        """Mail the company's recruiters, with a button to the place."""
        self.ensure_one()
        for partner in self._get_recruiters():
            self.env["vti.notice"].sudo()._post(
                template,
                self.sudo(),
                partner,
                button_url=f"/my/places/{self.id}",
                button_label=self.with_context(lang=partner.lang).env._("To the place"),
                urgent=urgent,
            )

    @api.model
    def _cron_expire(self):
        """Take places offline whose start has passed, or whose recognition is over; in batches."""
        today = fields.Date.context_today(self.with_context(tz="Europe/Amsterdam"))
        domain = [
            ("state", "in", ["review", "published", "paused"]),
            "|", ("date_from", "<", today),
            "&", ("date_from", "=", False), ("date_to", "<", today),
        ]  # fmt: skip
        over = self.sudo().search(domain, limit=EXPIRE_BATCH)
        for vacancy in over:
            was_open = vacancy.state in ("published", "paused")
            vacancy.write({"state": "expired"})
            vacancy._close_review()
            if was_open:
                vacancy._notify_company("vti_bpv.mail_vacancy_expired")
        left = self.sudo().search_count(domain) if len(over) == EXPIRE_BATCH else 0
        self.env["ir.cron"]._commit_progress(len(over), remaining=left)
        if not left:
            self._pause_former_members()
            self._pause_unrecognised(today)
            self._resume_paused(today)

    @api.model
    def _pause_former_members(self):
        """Take places offline of companies that left; their page says why, and VTI wrote them itself."""
        domain = [("state", "=", "published"), ("employer_id.membership_state", "=", "former")]
        self.sudo().search(domain).write({"state": "paused", "paused_reason": "membership"})

    @api.model
    def _pause_unrecognised(self, day):
        """Take published places offline that lost the recognition they need."""
        lost = (
            self.env["vti.recognition"]
            .sudo()
            .search(["|", ("status", "!=", "valid"), ("date_end", "<", day)])
            .employer_id
        )
        for vacancy in self.sudo().search([("state", "=", "published"), ("employer_id", "in", lost.ids)]):
            if vacancy._get_recognition_problems(day):
                vacancy.write({"state": "paused", "paused_reason": "recognition"})
                vacancy._notify_company("vti_bpv.mail_vacancy_paused")
