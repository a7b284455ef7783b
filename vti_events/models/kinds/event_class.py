from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain


class EventEvent(models.Model):
    """A class that its teacher signs up: students of the own school only."""

    _inherit = "event.event"

    def _can_sign_up_class(self, user):
        """Whether a teacher may: for students, of this school, and still open."""
        self.ensure_one()
        school = user.sudo().partner_id.commercial_partner_id
        return (
            user.has_group("vti_bpv.group_school")
            and self.audience in ("students", "everybody")
            and (not self.school_ids or school in self.sudo().school_ids)
            and self._can_sign_up()
        )

    def _get_class_students(self, user, class_name=""):
        """The students of a teacher's school, as that teacher may see them.

        :return: vti.student; ids of the partners that come, and of those that wait for a seat
        """
        Student = self.env["vti.student"].with_user(user).sudo(False)
        students = Student.search(Student._get_page_domain("school_id", class_name=class_name), order="name", limit=500)
        return students, *self._get_known(students.sudo().partner_id)

    def _get_known(self, people):
        """Ids of those of these people who come, and of those who wait for a seat."""
        of_these = [("event_id", "=", self.id), ("partner_id", "in", people.ids)]
        registered = self.env["event.registration"].sudo().search([*of_these, ("state", "in", ("open", "done"))])
        waiting = self.env["vti.event.waiting"].sudo().search([*of_these, ("state", "in", ("waiting", "offered"))])
        return set(registered.partner_id.ids), set(waiting.partner_id.ids)

    def _sign_up_class(self, user, chosen):
        """Sign up students in one go; who finds no seat goes on the waiting list.

        :param chosen: ids as text, of vti.student; strangers among them are refused
        :return: number of who comes, number of who waits
        :raise UserError: somebody isn't a student of this school, or it isn't for them
        """
        self.ensure_one()
        if not self._can_sign_up_class(user):
            raise UserError(self.env._("You can't sign up for this any more."))
        Student = self.env["vti.student"].with_user(user).sudo(False)
        ids = [int(number) for number in chosen if number.isdecimal() and len(number) < 10]
        domain = Student._get_page_domain("school_id") & Domain("id", "in", ids)
        students = Student.search(domain, order="name")
        if len(students) != len(chosen):
            raise UserError(self.env._("Choose students of your own school."))
        people = students.sudo().partner_id.sorted("name")
        self.sudo()._claim_seats()
        known = set().union(*self._get_known(people))
        found = [self._sign_up_or_wait(person) for person in people if person.id not in known]
        return sum(one._name == "event.registration" for one in found), sum(
            one._name != "event.registration" for one in found
        )
