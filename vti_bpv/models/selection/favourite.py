from odoo import api, fields, models
from odoo.http import request
from odoo.tools import SQL, hmac

MOST = 50  # places that one person keeps
COOKIE = "vti_saved"
LINK, LINK_DAYS = "saved", 60  # in a mail
COOKIE_SECONDS = 180 * 86400
# a saved place is shown as long as its page is there, also when it is over
SHOWN_STATES = ("published", "paused", "filled", "closed", "expired")


class Favourite(models.Model):
    """A place that somebody with an account saved; who has none keeps them in a cookie of the browser."""

    _name = "vti.favourite"
    _description = "Saved place"
    _order = "id desc"
    _rec_name = "vacancy_id"

    partner_id = fields.Many2one("res.partner", "Person", required=True, ondelete="cascade")
    vacancy_id = fields.Many2one("vti.vacancy", "Place", required=True, index=True, ondelete="cascade")

    _once = models.UniqueIndex("(partner_id, vacancy_id)", "You saved this place already.")

    # one's own places, as ids: the newest first

    @api.private
    @api.model
    def _get_ids(self, partner):
        """:rtype: list[int]"""
        saved_sudo = self.sudo().search([("partner_id", "=", partner.id)], limit=MOST)
        return saved_sudo.vacancy_id.ids

    @api.private
    @api.model
    def _save(self, partner, ids):
        """Add places to somebody's; the oldest make room.

        :param ids: of places, as they came from a browser
        """
        this_sudo = self.sudo()
        wanted = self._get_places(ids).ids
        known = set(this_sudo.search([("partner_id", "=", partner.id), ("vacancy_id", "in", wanted)]).vacancy_id.ids)
        new = [number for number in reversed(wanted) if number not in known]
        # straight into the table: who taps twice at a time saves once, without an error
        for number in new:
            this_sudo.env.cr.execute(SQL(
                """INSERT INTO vti_favourite (partner_id, vacancy_id, create_uid, write_uid, create_date, write_date)
                   VALUES (%(partner)s, %(vacancy)s, %(user)s, %(user)s, %(now)s, %(now)s) ON CONFLICT DO NOTHING""",
                partner=partner.id, vacancy=number, user=self.env.uid, now=fields.Datetime.now(),
            ))  # fmt: skip
        this_sudo.search([("partner_id", "=", partner.id)], offset=MOST).unlink()

    @api.private
    @api.model
    def _take_off(self, partner, number):
        self.sudo().search([("partner_id", "=", partner.id), ("vacancy_id", "=", number)]).unlink()

    @api.model
    def _get_places(self, ids):
        """Those of these that anybody may look at, in the order asked; sudo."""
        found = self.env["vti.vacancy"].sudo().search([("id", "in", list(ids)[:MOST]), ("state", "in", SHOWN_STATES)])
        return found.sorted(lambda place: ids.index(place.id))

    @api.model
    def _get_heart_words(self):
        """What a heart on a card says: to save, and once it is saved; `%s` stands for the place."""
        return self.env._("Save: %s"), self.env._("Saved, take off: %s")

    # to the computer

    @api.private
    @api.model
    def _mail_list(self, places_sudo, email):
        """Mail a link that opens these places to an address that is kept nowhere but in the mail itself."""
        token = places_sudo._sign_records(LINK, LINK_DAYS)
        company_sudo = self.env["website"].get_current_website().sudo().company_id
        self.env.ref("vti_bpv.mail_template_saved_places").sudo().with_context(
            lang=self.env.lang,
            saved_places=[f"{place.name}, {place.employer_id.name}" for place in places_sudo],
            saved_url=f"{company_sudo.get_base_url()}/bewaard/open/{token}",
        ).send_mail(company_sudo.id, force_send=True, email_values={"email_to": email, "recipient_ids": []})

    @api.private
    @api.model
    def _open_list(self, token):
        """The places of a mailed link, sudo and possibly empty."""
        return self._get_places(self.env["vti.vacancy"]._open_records(LINK, token).ids)

    # who has no account

    @api.private
    @api.model
    def _write_cookie(self, ids):
        """The value of the cookie that keeps these places: readable for our script, signed against invention.

        :rtype: str
        """
        text = "-".join(str(number) for number in ids[:MOST])
        return self._sign_cookie(text) if text else ""

    @api.private
    @api.model
    def _read_cookie(self, value):
        """:return: ids of places; none where the value isn't one of ours"""
        text = (value or "").partition(".")[0]
        if not text or len(text) > 600 or value != self._sign_cookie(text):
            return []
        return [int(number) for number in text.split("-")][:MOST]

    def _sign_cookie(self, text):
        return f"{text}.{hmac(self.env(su=True), 'vti_saved', text)[:32]}"

    @api.private
    @api.model
    def _take_over_cookie(self, partner):
        """Give who logs in the places that this browser kept, which then forgets them."""
        if not request or COOKIE not in request.httprequest.cookies:
            return
        ids = self._read_cookie(request.httprequest.cookies[COOKIE])
        if ids:
            self._save(partner, ids)
        request.future_response.set_cookie(COOKIE, max_age=0)

    def _tell_gone(self, vacancies, template="vti_bpv.mail_template_saved_gone"):
        """Tell who saved these places, and didn't apply for them, that they went offline."""
        applied = {
            (student.partner_id, vacancy)
            for vacancy, student in self.env["vti.application"].sudo()._read_group(
                [("vacancy_id", "in", vacancies.ids)], ["vacancy_id", "student_id"]
            )
        }  # fmt: skip
        for favourite_sudo in self.sudo().search([("vacancy_id", "in", vacancies.ids)], order="id"):
            person, place = favourite_sudo.partner_id, favourite_sudo.vacancy_id
            if (person, place) not in applied:
                self.env["vti.notice"]._post(
                    template, place, person, button_url=place._get_similar_url(),
                    button_label=self.with_context(lang=person.lang or self.env.lang).env._("See other places"),
                )  # fmt: skip
