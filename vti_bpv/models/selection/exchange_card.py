from datetime import timedelta
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import escape_psql
from odoo.tools.misc import format_date

from .exchange_listing import OPEN_STATES

WEEKS = 8
MOST_WEEKS = 52
MOST_COMPANIES = 30
LENGTH = 400  # of what the student likes and can
MAY = ("see", "call", "hide")


class Student(models.Model):
    """The card of a student: what is typed for it, and the consent that goes with it."""

    _inherit = "vti.student"

    listing_ids = fields.One2many("vti.exchange.listing", "student_id", "Cards", groups="vti_bpv.group_user")
    exchange_invited_on = fields.Date("Told of the exchange", readonly=True, groups="vti_bpv.group_user")

    def _get_card(self):
        """The card that isn't over, else the last one; sudo, possibly empty."""
        self.ensure_one()
        cards_sudo = self.env["vti.exchange.listing"].sudo().search([("student_id", "=", self.id)], order="id desc")
        return cards_sudo.filtered(lambda card: card.state in OPEN_STATES)[:1] or cards_sudo[:1]

    def _get_refusers(self):
        """The members that said no to this student, who needn't see the card too; sudo."""
        self.ensure_one()
        refused_sudo = self.env["vti.application"].sudo().search(
            [("student_id", "=", self.id), ("end_kind", "=", "refused")]
        )  # fmt: skip
        return refused_sudo.employer_id.filtered(lambda company: company._is_member())

    # the words of the consent

    @api.model
    def _get_exchange_days(self):
        value = self.env["ir.config_parameter"].sudo().get_param("vti_bpv.exchange_weeks")
        return 7 * (int(value) if str(value or "").isdecimal() and int(value) else WEEKS)

    @api.model
    def _get_exchange_text(self):
        """The words that a student agrees to; VTI can write its own under Settings."""
        own = self.env["ir.config_parameter"].sudo().get_param("vti_bpv.exchange_text")
        return own or self.env._(
            "VTI may show my card to the companies that I chose. On it: my course, level and learning path, when and "
            "how many days I can come, around which town I look, and what I like and can. Not my name, address, "
            "photo or school. A company gets my name, phone number and e-mail address only when I say yes to that"
            " company. It is not a condition for anything: my applications go on as they are. I can withdraw this"
            " at any time with one click; then nobody sees my card any more."
        )

    @api.model
    def _get_exchange_guardian_text(self):
        own = self.env["ir.config_parameter"].sudo().get_param("vti_bpv.exchange_guardian_text")
        return own or self.env._(
            "I am the parent or guardian. VTI may show the card of my child, without name, address, photo or "
            "school, to the companies on this page. A company gets the name, phone number and e-mail address only when "
            "my child says yes to that company; it may then offer a place. It is not a condition for anything. I "
            "can withdraw this at any time."
        )

    def _get_consent_values(self, values, partner, channel, text):
        """Values of the consent: the words, and to whom and until when.

        :param dict values: what `_read_card` gives
        """
        names = lambda partners: ", ".join(partners.mapped("name"))  # noqa: E731
        lines = [text, self.env._("Until %(day)s.", day=format_date(self.env, values["until"]))]
        if values["audience"] == "named":
            lines.append(self.env._("Shown to: %(names)s.", names=names(values["named"])))
        elif values["excluded"]:
            lines.append(self.env._("Shown to all member companies, but not to: %(names)s.",
                                    names=names(values["excluded"])))  # fmt: skip
        else:
            lines.append(self.env._("Shown to all member companies."))
        if values["callers"]:
            lines.append(self.env._("These may call at once: %(names)s.", names=names(values["callers"])))
        staff = self.env.user if self.env.user.has_group("vti_bpv.group_user") else self.env["res.users"]
        return {
            "student_id": self.id,
            "partner_id": self.sudo().partner_id.id,
            "purpose": "exchange",
            "text": "\n".join(lines),
            "text_version": sha256(text.encode()).hexdigest()[:8],
            "given_by_id": partner.id,
            "channel": channel,
            "valid_until": values["until"],
            "noted_by_id": staff.id if channel in ("phone", "paper") else False,
        }

    # what was typed

    def _find_members(self, texts):
        """The companies that were typed, as `name` or `name, town`: members, and who stands on the card already.

        Who isn't a member any more stays kept out of the card, for when it comes back.

        :return: typed text -> res.partner (sudo), empty where none or several are meant
        """
        Partner_sudo = self.env["res.partner"].sudo()
        names = {part for text in texts for part in (text, text.rpartition(", ")[0]) if part}
        same_name = Domain.OR(Domain("name", "=ilike", escape_psql(name)) for name in names)
        card_sudo = self._get_card()
        known = card_sudo.named_ids | card_sudo.excluded_ids | card_sudo.caller_ids
        allowed = Partner_sudo._get_exchange_member_domain() | Domain("id", "in", known.ids)
        found = Partner_sudo.search(allowed & same_name) if names else Partner_sudo
        result = {}
        for text in texts:
            exact = found.filtered(lambda p, t=text: t.lower() in (p.name.lower(), p._get_exchange_label().lower()))
            result[text] = exact if len(exact) == 1 else Partner_sudo
        return result

    def _get_card_errors(self, values):
        """What is wrong with a card as typed, per field.

        :param dict values: audience, until, likes, skills, agreed, birth_date, and companies: rows of a name and what
            it may (see, call or hide)
        """
        _, errors = self.env._, {}
        for name in ("likes", "skills"):
            text = values.get(name) or ""
            if len(text) > LENGTH:
                errors[name] = _("At most %(length)s characters, please.", length=LENGTH)
            elif self._tells_who(text):
                errors[name] = _("Leave out names, addresses, phone numbers and links: the card is without a name.")
        if values.get("audience") not in ("all", "named"):
            errors["audience"] = _("Choose who may see your card.")
        errors |= self._get_company_errors(values) | self._get_until_errors(values)
        if not self.sudo().birth_date and (wrong := self._get_birth_date_error(values.get("birth_date"))):
            errors["birth_date"] = wrong
        if not values.get("agreed"):
            errors["agreed"] = _("Tick the box if you agree. You don't have to.")
        if not self.sudo().enrolment_id:
            errors["form"] = _("We don't know yet what you study. Call or mail VTI; then you can be shown.")
        elif self._get_card()._is_just_refused():
            errors["form"] = _("Your parent or guardian said no today. Talk about it, and ask again tomorrow.")
        return errors

    def _get_until_errors(self, values):
        try:
            until = self._read_wish_date(values.get("until"))
        except ValueError:
            until = None
        today = fields.Date.context_today(self)
        if not until:
            return {"until": self.env._("Choose the last day on which companies may see your card.")}
        if until < today:
            return {"until": self.env._("This day has passed.")}
        if until > today + timedelta(weeks=MOST_WEEKS):
            return {"until": self.env._("Choose a day within a year.")}
        return {}

    def _get_company_errors(self, values):
        rows = values.get("companies") or []
        texts = [str(row[0]).strip() for row in rows if str(row[0]).strip()]
        if len(texts) > MOST_COMPANIES:
            return {"company_0": self.env._("At most %(count)s companies, please.", count=MOST_COMPANIES)}
        errors, found = {}, self._find_members(texts)
        for number, (name, may) in enumerate(rows):
            name = str(name).strip()
            if name and not found[name]:
                errors[f"company_{number}"] = self.env._("We can't find this member. Choose it from the list.")
            elif name and may not in MAY:
                errors[f"company_{number}"] = self.env._("Choose what this company may.")
        seen_by = [name for name, may in rows if str(name).strip() and may in ("see", "call")]
        if not errors and values.get("audience") == "named" and not seen_by:
            errors["company_0"] = self.env._("Name at least one company that may see your card.")
        return errors

    def _read_card(self, values):
        """Values of a card from what `_get_card_errors` found right."""
        rows = [(str(name).strip(), may) for name, may in values.get("companies") or [] if str(name).strip()]
        found = self._find_members([name for name, _may in rows])
        chosen = {key: self.env["res.partner"].sudo() for key in MAY}
        for name, may in rows:
            chosen[may] |= found[name]
        named = values["audience"] == "named"
        return {
            "audience": values["audience"],
            "until": self._read_wish_date(values["until"]),
            "named": (chosen["see"] | chosen["call"]) - chosen["hide"] if named else chosen["hide"][:0],
            "excluded": chosen["hide"][:0] if named else chosen["hide"],
            "callers": chosen["call"] - chosen["hide"],
            "likes": (values.get("likes") or "").strip(),
            "skills": (values.get("skills") or "").strip(),
        }

    # showing

    def action_show_card(self, values):
        """Ask to be shown, or change who may see it and what stands on it.

        :param dict values: as `_get_card_errors` takes them
        :raise UserError: where a value is wrong
        """
        self._check_own()
        self._show_card(values, self.env.user.partner_id, "site")

    def _show_card(self, values, partner, channel):
        """As `action_show_card`, for a person who was checked to be the one.

        :param partner: who says so; under 16 it is a guardian who is asked to agree
        :return: the card, sudo
        """
        self.ensure_one()
        errors = self._get_card_errors(values)
        if errors:
            raise UserError("\n".join(errors.values()))
        this_sudo = self.sudo()
        if not this_sudo.birth_date:
            this_sudo.birth_date = fields.Date.to_date(values["birth_date"])
        read = this_sudo._read_card(values)
        card_sudo = this_sudo._get_card()
        if card_sudo.state not in OPEN_STATES:
            card_sudo = card_sudo.create({"student_id": self.id, "until": read["until"]})
        card_sudo._fill(read, partner, channel)
        return card_sudo
