from odoo import models
from odoo.exceptions import AccessError, UserError

COMPANY_FIELDS = ("practical_trainer_id", "workplace_mentor_id", "practical_assessor_id", "buddy_id")
PEOPLE_FIELDS = (*COMPANY_FIELDS, "teacher_id")


class PlacementPeople(models.Model):
    """Who is who in an internship, and who may say so."""

    _inherit = "vti.placement"

    def write(self, vals):
        told = self.browse()
        if not self.env.context.get("vti_no_notice"):
            told = self.filtered(lambda p: p.state in ("planned", "running") and p._changes(vals))
        before = {p: (p._changes(vals, ("date_from", "date_to")), p._changes(vals, PEOPLE_FIELDS)) for p in told}
        result = super().write(vals)
        for placement, (dates, people) in before.items():
            if dates:
                placement._notify_all("vti_bpv.mail_placement_dates")
            if people:
                placement._notify_all("vti_bpv.mail_placement_people")
        return result

    def _changes(self, vals, names=("date_from", "date_to", *PEOPLE_FIELDS)):
        """Whether these values differ from what stands here."""
        self.ensure_one()
        return any(
            self._fields[name].convert_to_cache(vals[name], self)
            != self._fields[name].convert_to_cache(self[name], self)
            for name in names
            if name in vals
        )

    # -- who is who ---------------------------------------------------------------------------
    def _get_party(self):
        """On which side the current user stands.

        :return: "vti", "company", "school", "student" or (looking on) "training_employer"; None for anybody else

        :rtype: str | None
        """
        self.ensure_one()
        if self.env.su or self.env.user.has_group("vti_bpv.group_user"):
            return "vti"
        if not self.has_access("read"):
            return None
        this_sudo, partner = self.sudo(), self.env.user.partner_id
        if this_sudo.student_id.partner_id == partner:
            return "student"
        sides = {
            this_sudo.enrolment_id.training_employer_id: "training_employer",
            this_sudo.enrolment_id.school_id: "school",
            this_sudo.employer_id: "company",
        }
        return sides.get(partner.commercial_partner_id)

    def _require(self, *parties):
        """:raise AccessError: where the current user stands on none of these sides"""
        if self._get_party() not in parties:
            raise AccessError(self.env._("You can't do this for this internship."))

    def _get_people(self):
        """The people around the student, with how to reach them; for who may read the placement.

        :return: role, partner (sudo), name, function, email, phone; only roles that are filled

        :rtype: list[dict]
        """
        self.ensure_one()
        rows = []
        for name in PEOPLE_FIELDS:
            partner_sudo = self.sudo()[name]
            if partner_sudo:
                rows.append(
                    {
                        "field": name,
                        "role": self._fields[name]._description_string(self.env),
                        "partner": partner_sudo,
                        "name": partner_sudo.name,
                        "function": partner_sudo.function,
                        "email": partner_sudo.email,
                        "phone": partner_sudo.phone,
                    }
                )
        return rows

    def _get_company_contact(self):
        """The one person of the company that mail about this internship goes to; sudo, possibly empty."""
        self.ensure_one()
        this_sudo = self.sudo()
        wanted = this_sudo.workplace_mentor_id | this_sudo.practical_trainer_id | this_sudo.vacancy_id.contact_id
        return self._first_reachable(wanted, this_sudo.employer_id, "recruiter")

    def _get_school_contact(self):
        """The one person of the school that mail about this internship goes to; sudo, possibly empty."""
        self.ensure_one()
        return self._first_reachable(self.sudo().teacher_id, self.sudo().school_id, "school_coordinator")

    def _first_reachable(self, wanted, house, role):
        """The first with an address: those named, then who has a role in the house, then who has a login."""
        found = wanted.filtered("email")[:1]
        if found or not house:
            return found
        roles = (
            self.env["vti.guidance.role"]
            .sudo()
            .search(
                [("organisation_id.commercial_partner_id", "=", house.id), ("role", "=", role), ("date_to", "=", False)]
            )
        )
        people = self._get_house_people(house).filtered("email")
        return (people & roles.partner_id)[:1] or people.filtered("user_ids")[:1] or people[:1]

    def _get_all_contacts(self):
        """Everybody who is told when something changes; sudo, each once, with an address."""
        self.ensure_one()
        this_sudo = self.sudo()
        everybody = this_sudo.student_id.partner_id | this_sudo._get_company_contact() | this_sudo._get_school_contact()
        for name in PEOPLE_FIELDS:
            everybody |= this_sudo[name]
        return (everybody | this_sudo.vacancy_id.contact_id).filtered("email")

    def _notify_all(self, template, urgent=False):
        """Mail a template to everybody around each of these placements."""
        for placement in self:
            for partner_sudo in placement._get_all_contacts():
                placement._notify(template, partner_sudo, urgent=urgent)

    def _notify(self, template, partner, path=None, label=None, urgent=False):
        """Mail one person, with one button.

        :param str path: page that the button leads to, else the internship's own
        :param label: makes the button's text, in the language of the environment it is given
        """
        self.ensure_one()
        env = self.with_context(lang=partner.lang or self.env.lang).env
        self.env["vti.notice"].sudo()._post(
            template,
            self.sudo(),
            partner,
            button_url=self.get_base_url() + (path or f"/my/internships/{self.id}"),
            button_label=label(env) if label else env._("See the internship"),
            urgent=urgent,
        )

    # -- changing it ---------------------------------------------------------------------------
    def action_assign_people(self, values):
        """Say who guides: the company names its own people, the school its teacher.

        :param dict values: contact id (or False for nobody) per role's field name
        :raise UserError: for a person who doesn't work there, or a vmbo pupil left without a guide
        """
        self.ensure_one()
        self.check_access("read")
        party = self._get_party()
        allowed = {"company": COMPANY_FIELDS, "school": ("teacher_id",), "vti": PEOPLE_FIELDS}.get(party, ())
        if not values or set(values) - set(allowed):
            raise AccessError(self.env._("You can't do this for this internship."))
        if self.sudo().state not in ("planned", "running", "closing"):
            raise UserError(self.env._("This internship is over."))
        self.sudo().write({name: self._find_person(name, value) for name, value in values.items()})
        self.sudo()._check_named_guide()

    def _find_person(self, name, partner_id):
        """The id of a contact of the right house.

        :raise UserError: where it is no one of that house
        """
        if not partner_id:
            return False
        house = self.sudo().school_id if name == "teacher_id" else self.sudo().employer_id
        person = self._get_house_people(house).filtered(lambda p: p.id == partner_id)
        if not person:
            raise UserError(self.env._("Choose somebody who works at %(house)s.", house=house.name))
        return person.id

    def _check_named_guide(self):
        """:raise UserError: for a vmbo pupil without a named guide, who may not work at all"""
        for placement in self:
            if placement.kind.startswith("vmbo") and not placement.workplace_mentor_id:
                raise UserError(self.env._("A vmbo pupil only works under a named guide. Choose a workplace mentor."))
