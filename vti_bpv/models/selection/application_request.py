import base64
import re

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import upload
from ...tools.address import get_email_error, read_email

KEEP_DAYS = 7
OTHER = "other"
LENGTHS = {"name": 80, "email": 120, "phone": 30, "school_name": 120, "programme": 120, "motivation": 500}
_PHONE = re.compile(r"^[+\d][\d\s()./-]{7,}$")


class ApplicationRequest(models.Model):
    """What a visitor filled in, until its address is confirmed by the link in the mail.

    Nobody can apply, or get an account, in another's name: no student, account or application exists
    before the confirmation, and what isn't confirmed is removed after a week. The page that follows is
    the same for known and unknown addresses.
    """

    _name = "vti.application.request"
    _description = "Application to be confirmed"
    _inherit = ["vti.signed.link"]
    _order = "id desc"

    vacancy_id = fields.Many2one("vti.vacancy", "Place", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True)
    email = fields.Char("E-mail", required=True, index=True)
    phone = fields.Char()
    school_id = fields.Many2one("res.partner", domain="[('is_school', '=', True)]", index="btree_not_null")
    school_name = fields.Char("School, as typed")
    qualification_id = fields.Many2one("vti.qualification", index="btree_not_null")
    programme = fields.Char("Programme, as typed")
    motivation = fields.Text("Why this place")
    birth_date = fields.Date()
    cv = fields.Binary("CV", attachment=True)
    cv_name = fields.Char("File name of the CV")
    lang = fields.Char("Language")

    # ------------------------------------------------------------------ what was typed

    @api.model
    def _get_errors(self, values, cv=b"", known=False):
        """What is wrong with an application as typed, per field.

        :param dict values: texts by field name
        :param bytes cv: the uploaded file, at most one byte more than is allowed
        :param known: the student, where one is logged in: name and address are known then
        :return: field name -> sentence
        :rtype: dict
        """
        errors = {}
        if not known:
            if not values.get("name"):
                errors["name"] = self.env._("Fill in your name.")
            if error := get_email_error(self.env, values.get("email")):
                errors["email"] = error
        if not _PHONE.match(values.get("phone") or ""):
            errors["phone"] = self.env._("Fill in a phone number, such as 06 12345678.")
        if not (known and known.enrolment_id):
            errors |= self._get_study_errors(values)
        for name, length in LENGTHS.items():
            if len(values.get(name) or "") > length:
                errors[name] = self.env._("Use at most %(count)s characters.", count=length)
        if self._asks_birth_date() and not (known and known.birth_date):
            error = self.env["vti.student"]._get_birth_date_error(values.get("birth_date"))
            if error:
                errors["birth_date"] = error
        error = cv and self.env["vti.student"]._get_cv_error(cv)
        if error:
            errors["cv"] = error
        return errors

    @api.model
    def _get_study_errors(self, values):
        errors = {}
        schools = dict(self._get_school_options())
        if values.get("school_id") == OTHER:
            if not values.get("school_name"):
                errors["school_name"] = self.env._("Fill in the name of your school.")
        elif values.get("school_id") not in schools:
            errors["school_id"] = self.env._("Choose your school, or “My school isn't in this list”.")
        if values.get("qualification_id") == OTHER:
            if not values.get("programme"):
                errors["programme"] = self.env._("Fill in what you study.")
        elif values.get("qualification_id") not in dict(self._get_qualification_options()):
            errors["qualification_id"] = self.env._("Choose what you study, or “Something else”.")
        return errors

    @api.model
    def _asks_birth_date(self):
        return self.env["ir.config_parameter"].sudo().get_param("vti_bpv.ask_birth_date") in ("True", "1")

    @api.model
    def _get_school_options(self):
        """Schools to choose from, and "other": list of (text, label)."""
        schools_sudo = self.env["res.partner"].sudo().search_fetch([("is_school", "=", True)], ["name"], order="name")
        return [
            *((str(school.id), school.name) for school in schools_sudo),
            (OTHER, self.env._("My school isn't in this list")),
        ]

    @api.model
    def _get_qualification_options(self, vacancy=None):
        """Qualifications to choose from, those of the place first, and "other": list of (text, label)."""
        everything = self.env["vti.qualification"].sudo().search([])
        first = vacancy.sudo().qualification_ids if vacancy else everything.browse()
        today = fields.Date.context_today(self)
        ordered = first + (everything - first).filtered(lambda qualification: qualification._is_valid_on(today))
        label = self.env._("%(name)s, level %(level)s")
        return [
            *((str(q.id), label % {"name": q.name, "level": q.level}) for q in ordered),
            (OTHER, self.env._("Something else")),
        ]

    @api.model
    def _prepare_values(self, vacancy, values, cv=b"", cv_name=""):
        """Field values of a request from texts that `_get_errors` found right."""
        school, qualification = values.get("school_id"), values.get("qualification_id")
        prepared = {
            "vacancy_id": vacancy.id,
            "name": values.get("name"),
            "email": read_email(values.get("email")),
            "phone": values.get("phone"),
            "motivation": values.get("motivation"),
            "birth_date": values.get("birth_date") if self._asks_birth_date() else False,
            "school_id": int(school) if (school or "").isdecimal() else False,
            "school_name": values.get("school_name") if school == OTHER else False,
            "qualification_id": int(qualification) if (qualification or "").isdecimal() else False,
            "programme": values.get("programme") if qualification == OTHER else False,
            "lang": self.env.lang,
        }
        if cv:
            prepared |= {"cv": base64.b64encode(cv), "cv_name": upload.safe_name(cv_name, upload.sniff(cv))}
        return prepared

    # ------------------------------------------------------------------ the mail

    def _get_confirm_url(self):
        self.ensure_one()
        token = self._sign_link("application_confirm", self.env["res.partner"], days=KEEP_DAYS)
        return f"{self.get_base_url()}/application/confirm/{token}"

    def _send_confirmation(self):
        """Mail the address that was typed; only its owner can go on."""
        self.ensure_one()
        template = self.env.ref("vti_bpv.mail_template_request_confirm").sudo()
        template.send_mail(self.id, force_send=True)

    def action_send_again(self):
        """Staff: mail the link once more."""
        self.check_access("read")
        for request_sudo in self.sudo():
            request_sudo._send_confirmation()

    # ------------------------------------------------------------------ confirming

    def _find_student(self):
        """Who this address belongs to.

        :return: vti.student, sudo, possibly empty
        :raise UserError: where it is the account of somebody who isn't a student
        """
        self.ensure_one()
        user_sudo = self.env["res.users"].sudo().search([("login", "=ilike", self.email)], limit=1)
        partner_sudo = user_sudo.partner_id
        if user_sudo and (not user_sudo.share or partner_sudo.parent_id or partner_sudo.is_company):
            raise UserError(
                self.env._("This address belongs to an account of a company, school or VTI. Apply with your own one.")
            )
        if user_sudo:
            return partner_sudo.vti_student_ids[:1] or self._make_student(partner_sudo)
        return self.env["vti.student"].sudo().search([("partner_id.email_normalized", "=", self.email)], limit=1)

    def _make_student(self, partner_sudo=None):
        if not partner_sudo:
            partner_sudo = self.env["res.partner"].sudo().create(
                {"name": self.name, "email": self.email, "phone": self.phone, "lang": self.lang}
            )  # fmt: skip
        return self.env["vti.student"].sudo().create({"partner_id": partner_sudo.id})

    def _confirm(self, birth_date=None):
        """Make of this request an application, with student and account where there are none.

        :param birth_date: of a student who didn't give it before
        :return: the application, sudo
        :raise UserError: where the place isn't open any more, or one applied already
        """
        self.ensure_one()
        student_sudo = self._find_student() or self._make_student()
        application_sudo = student_sudo._apply_with(
            self.vacancy_id,
            {
                "phone": self.phone,
                "birth_date": self.birth_date or birth_date,
                "school_id": self.school_id.id,
                "school_name": self.school_name,
                "qualification_id": self.qualification_id.id,
                "programme": self.programme,
                "motivation": self.motivation,
            },
            cv=base64.b64decode(self.cv or b""),
            cv_name=self.cv_name,
        )
        student_sudo._find_or_make_user(login=self.email)
        self.search([("email", "=", self.email), ("vacancy_id", "=", self.vacancy_id.id)]).unlink()
        return application_sudo

    def _get_known_birth_date(self):
        """Whether the date of birth needn't be asked any more."""
        self.ensure_one()
        if self.birth_date:
            return True
        try:
            return bool(self._find_existing_student().birth_date)
        except UserError:
            return True

    def _find_existing_student(self):
        """As `_find_student`, without making one; for pages that only show."""
        self.ensure_one()
        return self.env["vti.student"].sudo().search([("partner_id.email_normalized", "=", self.email)], limit=1)

    @api.autovacuum
    def _gc_requests(self):
        self.sudo().search([("create_date", "<", fields.Datetime.now() - relativedelta(days=KEEP_DAYS))]).unlink()
