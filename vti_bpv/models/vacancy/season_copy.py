from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

BATCH = 200  # places copied at one press, which takes some seconds


class SeasonCopy(models.TransientModel):
    """VTI copies the places of a season to a later one, after a look at what can be copied."""

    _name = "vti.season.copy"
    _description = "Copy places to the next season"

    season_id = fields.Many2one(
        "vti.season", "To season", required=True, default=lambda self: self.env["vti.vacancy"]._get_copy_season()
    )
    from_id = fields.Many2one("vti.season", "From season", default=lambda self: self.env["vti.season"]._of_day())
    vacancy_ids = fields.Many2many("vti.vacancy", string="Chosen places", default=lambda self: self._default_places())
    employer_ids = fields.Many2many(
        "res.partner", string="Companies", domain="[('is_employer', '=', True)]", help="Empty: all companies."
    )
    online = fields.Selection(
        [
            ("draft", "As drafts: the company looks them over and puts them online"),
            ("online", "Online at once, where nothing stands in the way"),
        ],
        "Copy them",
        required=True,
        default="draft",
    )
    tell = fields.Boolean("Tell the companies of their new drafts", default=True)
    state = fields.Selection(
        [("choose", "Choose"), ("look", "Look"), ("done", "Done")], required=True, default="choose"
    )
    line_ids = fields.One2many("vti.season.copy.line", "wizard_id", "Places")
    # figures
    ready_count = fields.Integer("To copy", compute="_compute_counts")
    blocked_count = fields.Integer("Not copied", compute="_compute_counts")
    made_count = fields.Integer("Copied", compute="_compute_counts")
    online_count = fields.Integer("Of these online", compute="_compute_counts")

    def _default_places(self):
        return self.env.context.get("active_ids") if self.env.context.get("active_model") == "vti.vacancy" else []

    @api.depends("line_ids.is_chosen", "line_ids.problem", "line_ids.copy_id")
    def _compute_counts(self):
        for wizard in self:
            open_lines = wizard.line_ids.filtered(lambda line: not line.copy_id)
            wizard.ready_count = len(open_lines.filtered(lambda line: line.is_chosen and not line.problem))
            wizard.blocked_count = len(open_lines.filtered("problem"))
            copies = wizard.line_ids.copy_id
            wizard.made_count = len(copies)
            wizard.online_count = len(copies.filtered(lambda copy: copy.state == "published"))

    def _check_staff(self):
        if not self.env.user.has_group("vti_bpv.group_user"):
            raise AccessError(self.env._("Only VTI can do this."))
        self.check_access("write")

    def _get_places(self):
        if self.vacancy_ids:
            return self.vacancy_ids
        domain = [("season_id", "=", self.from_id.id)]
        if self.employer_ids:
            domain.append(("employer_id", "in", self.employer_ids.ids))
        return self.env["vti.vacancy"]._get_places_to_copy(self.season_id, domain)

    def action_look(self):
        """Show which of the places can be copied, and why not the others."""
        self.ensure_one()
        self._check_staff()
        reviews = self._get_places()._review_copies(self.season_id)
        if not reviews:
            raise UserError(self.env._("There are no places to copy. Choose an earlier season or other companies."))
        self.write({"state": "look", "line_ids": [Command.clear(), *(
            Command.create({
                "vacancy_id": review.place.id,
                # what its company withdrew is copied only if somebody says so
                "is_chosen": not review.problems and review.place.state != "closed",
                "problem": " ".join(review.problems) or False,
                "date_from": review.date_from, "date_to": review.date_to,
            })
            for review in reviews
        )]})  # fmt: skip
        return self._show()

    def action_back(self):
        """Choose again."""
        self.ensure_one()
        self._check_staff()
        self.state = "choose"
        return self._show()

    def action_choose_all(self):
        """Tick every place that can be copied, or none where all are ticked."""
        self.ensure_one()
        self._check_staff()
        lines = self.line_ids.filtered(lambda line: not line.problem and not line.copy_id)
        lines.is_chosen = not all(lines.mapped("is_chosen"))
        return self._show()

    def action_copy(self):
        """Copy what is ticked; of very many places, so many that a press doesn't take minutes."""
        self.ensure_one()
        self._check_staff()
        lines = self.line_ids.filtered(lambda line: line.is_chosen and not line.problem and not line.copy_id)[:BATCH]
        if not lines:
            raise UserError(self.env._("Tick at least one place."))
        by_place = lines.grouped("vacancy_id")
        arrow = "action_publish" if self.online == "online" else None
        done = lines.vacancy_id._copy_reviewed(self.season_id, arrow)
        for place, copy, why in done:
            by_place[place].write({"copy_id": copy.id, "note": " ".join(why)})
        for line in lines.filtered(lambda line: not line.copy_id):  # somebody else was first
            line.problem = self.env._("It is copied already.")
        if self.tell:
            self._tell(lines.copy_id.filtered(lambda copy: copy.state == "draft"))
        self.state = "look" if self.ready_count else "done"
        return self._show()

    def _tell(self, drafts):
        """Mail each company which drafts it got."""
        for employer, copies in drafts.grouped("employer_id").items():
            person = self.env["vti.place.check"]._find_person(employer)
            if person:
                self.env["vti.notice"]._post(
                    "vti_bpv.mail_places_copied", employer.sudo(), person, button_url="/my/places?tab=draft",
                    button_label=self.with_context(lang=person.lang or self.env.lang).env._("See the drafts"),
                    values={"places": copies[:20].mapped("name"), "more": max(0, len(copies) - 20),
                            "season": self.season_id.name},
                )  # fmt: skip

    def action_open_copies(self):
        """Show the places that were made."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("vti_bpv.vti_vacancy_action")
        return action | {"domain": [("id", "in", self.line_ids.copy_id.ids)], "context": {}}

    def _show(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("vti_bpv.vti_season_copy_action")
        return action | {"res_id": self.id, "context": {}}


class SeasonCopyLine(models.TransientModel):
    """A place in the wizard: copied or not, and why."""

    _name = "vti.season.copy.line"
    _description = "Place to copy to the next season"
    _order = "problem, id"  # what is not copied comes first

    wizard_id = fields.Many2one("vti.season.copy", required=True, readonly=True, index=True, ondelete="cascade")
    vacancy_id = fields.Many2one("vti.vacancy", "Place", required=True, readonly=True, ondelete="cascade")
    employer_id = fields.Many2one(related="vacancy_id.employer_id", string="Company")
    vacancy_state = fields.Selection(related="vacancy_id.state", string="Now")
    is_chosen = fields.Boolean("Copy")
    problem = fields.Char("Not copied", readonly=True)
    date_from = fields.Date("Starts", readonly=True)
    date_to = fields.Date("Ends", readonly=True)
    copy_id = fields.Many2one("vti.vacancy", "New place", readonly=True, ondelete="set null")
    copy_state = fields.Selection(related="copy_id.state", string="Copied")
    note = fields.Char("Stays a draft", readonly=True)
