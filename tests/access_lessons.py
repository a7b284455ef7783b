"""The records of guest lessons and visits that the matrix names."""

from odoo import Command


class LessonsMixin:
    @classmethod
    def _records_of_lessons(cls):
        def ask(person, recruiter):
            offer = cls.env["vti.lesson.offer"].create(
                {"employer_id": recruiter.commercial_partner_id.id, "contact_id": recruiter.id}
            )
            asked = cls.env["vti.lesson.request"].create(
                {
                    "school_id": person.commercial_partner_id.id,
                    "partner_id": person.id,
                    "students": 24,
                    "moment_ids": [Command.create({"day": "2099-03-03"})],
                }
            )
            return offer, asked, asked._ask([(offer.employer_id, offer, "near")])

        offer, asked, proposal = ask(cls.coordinator, cls.recruiter)
        other_offer, other_asked, other_proposal = ask(cls.other_coordinator, cls.other_recruiter)
        couple = cls.env["vti.lesson.couple"].create({"request_id": asked.id})
        line = {"couple_id": couple.id, "offer_id": offer.id, "employer_id": offer.employer_id.id}
        return {
            "vti.lesson.offer": {"Bakker": offer, "De Vries": other_offer},
            "vti.lesson.request": {"ROC": asked, "Techniek": other_asked},
            "vti.lesson.moment": {"ROC": asked.moment_ids},
            "vti.lesson.proposal": {"ROC at Bakker": proposal, "Techniek at De Vries": other_proposal},
            "vti.lesson.couple": {"somebody's": couple},
            "vti.lesson.couple.line": {"somebody's": cls.env["vti.lesson.couple.line"].create(line)},
        }
