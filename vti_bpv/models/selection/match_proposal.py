from odoo import api, fields, models
from odoo.exceptions import UserError

from ...matching.score import score
from ...tools.rounds import go_round

STATES = [("proposed", "To look at"), ("sending", "Being sent"), ("sent", "Sent"), ("dismissed", "Set aside")]
AT_ONCE = 20  # more than this are sent by a cron
TIP = "match_tip"  # what the student's link is signed for
LINK_DAYS = 30  # how long it works


class MatchProposal(models.Model):
    """A place that the radar, or somebody of VTI, has in mind for a student. Only VTI sees it.

    Sent, it is a tip for the student, who decides whether to apply, and word to the company without a name
    (see match_tip).
    """

    _name = "vti.match.proposal"
    _description = "Proposal of a place"
    _inherit = ["vti.match.reasoned", "vti.signed.link"]
    _order = "level, score desc, id"
    _rec_names_search = ["student_id", "vacancy_id"]

    run_id = fields.Many2one("vti.match.run", "Radar", index="btree_not_null", ondelete="set null", readonly=True)
    season_id = fields.Many2one(related="vacancy_id.season_id", store=True, index=True)
    student_id = fields.Many2one("vti.student", required=True, index=True, ondelete="cascade", readonly=True)
    enrolment_id = fields.Many2one("vti.enrolment", index="btree_not_null", ondelete="cascade", readonly=True)
    school_id = fields.Many2one(related="enrolment_id.school_id", store=True, index="btree_not_null")
    level = fields.Selection(related="enrolment_id.level", store=True)
    vacancy_id = fields.Many2one(
        "vti.vacancy", "Place", required=True, index=True, ondelete="cascade", readonly=True
    )  # fmt: skip
    employer_id = fields.Many2one(related="vacancy_id.employer_id", string="Company", store=True, index=True)
    score = fields.Integer("Suits (0 to 100)", readonly=True, aggregator="avg")
    state = fields.Selection(
        STATES, required=True, default="proposed", readonly=True, index=True, group_expand=True, copy=False
    )
    sent_on = fields.Datetime(readonly=True, copy=False)
    sent_by_id = fields.Many2one("res.users", "Sent by", readonly=True, copy=False, index="btree_not_null")
    problem = fields.Char(readonly=True, copy=False, help="Why it wasn't sent.")
    # what came of it
    application_id = fields.Many2one(
        "vti.application", readonly=True, index="btree_not_null", ondelete="set null", copy=False
    )

    _once = models.UniqueIndex("(student_id, vacancy_id)", "This place has been proposed to this student already.")

    @api.depends("student_id", "vacancy_id")
    def _compute_display_name(self):
        for proposal in self:
            proposal.display_name = f"{proposal.student_id.display_name} - {proposal.vacancy_id.name}"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if any(proposal.state in ("sending", "sent") for proposal in self):
            raise UserError(self.env._("What was sent stays in the list, so that nobody gets the same tip twice."))

    @api.model
    def _prepare_pair_values(self, student, place, enrolment):
        """Values of a proposal.

        :param student: a StudentProfile
        :param place: a PlaceProfile
        :param enrolment: the student's vti.enrolment of today
        """
        match = score(student, place)
        return {
            "student_id": student.id,
            "enrolment_id": enrolment.id,
            "vacancy_id": place.id,
            "score": match.score,
            "reasons": [reason.as_dict() for reason in match.reasons],
        }

    # actions

    def action_send(self):
        """Tell the students, and the companies without a name; many at once are sent in the background.

        :raise UserError: where none of them can be sent, saying why
        """
        self.check_access("write")
        chosen = self.filtered(lambda proposal: proposal.state == "proposed")
        if not chosen:
            raise UserError(self.env._("These have been sent or put aside already."))
        chosen.write({"state": "sending", "sent_by_id": self.env.uid, "problem": False})
        if len(chosen) > AT_ONCE:
            self.env.ref("vti_bpv.cron_match_send").sudo()._trigger()
            return self._say_done(self.env._("%(count)s proposals are being sent.", count=len(chosen)))
        chosen._send()
        failed = chosen.filtered("problem")
        if failed == chosen:
            raise UserError("\n".join(dict.fromkeys(failed.mapped("problem"))))
        if failed:
            return self._say_done(
                self.env._("Sent: %(sent)s. Not sent: %(failed)s.", sent=len(chosen - failed), failed=len(failed))
            )
        untold = len(chosen.filtered(lambda proposal: not proposal.has_started))
        if untold:
            return self._say_done(
                self.env._(
                    "Sent: %(sent)s. Of %(untold)s students the company hears only when they log in.",
                    sent=len(chosen), untold=untold,
                )
            )  # fmt: skip
        return self._say_done(self.env._("Sent to student and company: %(count)s", count=len(chosen)))

    def action_dismiss(self):
        """Put aside what VTI thinks no good idea; the radar doesn't propose it again."""
        self.check_access("write")
        self.filtered(lambda proposal: proposal.state == "proposed").write({"state": "dismissed"})

    def action_reopen(self):
        """Look again at what was put aside."""
        self.check_access("write")
        self.filtered(lambda proposal: proposal.state == "dismissed").write({"state": "proposed"})

    def _say_done(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message, "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }  # fmt: skip

    # sending

    @api.model
    def _cron_send(self, batch=50):
        """Send what waits; one that fails is back in VTI's list with the reason, and stops no other."""
        waiting = self.search([("state", "=", "sending")], limit=batch + 1, order="id")
        go_round(
            self.env, [proposal._send for proposal in waiting], "A proposal", batch,
            give_up=lambda number, error: waiting[number].write({"state": "proposed", "problem": str(error)[:200]}),
        )  # fmt: skip

    def _send(self):
        """Send what can still be; the others say why not, and wait for VTI."""
        seekers = self.env["vti.student"].sudo().search(
            self.env["vti.match"]._get_seeker_domain() & fields.Domain("id", "in", self.student_id.ids)
        )  # fmt: skip
        for proposal in self:
            problem = proposal._get_send_problem(proposal.student_id in seekers)
            if problem:
                proposal.write({"state": "proposed", "problem": problem})
                continue
            proposal._tell_student()
            if proposal.has_started:
                proposal._tell_company()
            proposal.write({"state": "sent", "sent_on": fields.Datetime.now()})

    def _get_send_problem(self, is_seeker):
        self.ensure_one()
        if self.application_id:
            return self.env._("The student has applied already.")
        if not is_seeker:
            return self.env._("The student has a place, or doesn't look for one any more.")
        if not self.student_id.email:
            return self.env._("The student has no e-mail address: ask the school, or call.")
        if not self.vacancy_id._is_open():
            return self.env._("The place isn't free any more.")
        return False

    def _tell_student(self):
        """Mail the tip; who never logged in starts with the same button."""
        partner = self.student_id.partner_id
        _ = self.with_context(lang=partner.lang or self.env.lang).env._
        label = _("See the place") if self.has_started else _("Start, and see the place")
        url = f"/student/tip/{self._sign_link(TIP, partner, days=LINK_DAYS)}"
        self._tell("mail_template_match_student", partner, url, label)

    def _tell_company(self):
        self.company_told_on = fields.Datetime.now()
        for partner in self.vacancy_id._get_recruiters():
            label = self.with_context(lang=partner.lang or self.env.lang).env._("To the place")
            self._tell("mail_template_match_company", partner, f"/my/places/{self.vacancy_id.id}", label)

    def _tell(self, template, partner, url, label):
        self.env["vti.notice"].sudo()._post(
            f"vti_bpv.{template}", self.sudo(), partner, button_url=url, button_label=label,
            values={"reasons": self._say_to(partner)},
        )  # fmt: skip

    def _say_to(self, partner):
        """What speaks for it, in the language of who reads."""
        spoken = self.with_context(lang=partner.lang or self.env.lang)
        return (spoken.reasons_for or "").splitlines()
