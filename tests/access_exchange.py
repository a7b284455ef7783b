"""Cards of the candidate exchange: Sam's is shown to Bakker alone, Noor's to De Vries alone."""


class ExchangeMixin:
    @classmethod
    def _records_of_exchange(cls):
        sides = {
            "Sam": (cls.student, cls.company, cls.recruiter, "Sam at Bakker Utrecht"),
            "Noor": (cls.other_student, cls.other_company, cls.other_recruiter, "Noor at De Vries"),
        }
        records = {f"vti.exchange.{name}": {} for name in ("listing", "interest", "view", "line")}
        for name, (student, company, person, application) in sides.items():
            consent = cls.make_consent(student, purpose="exchange", valid_until="2030-01-01")
            card = cls.env["vti.exchange.listing"].create({
                "student_id": student.id, "consent_id": consent.id, "state": "conversation", "until": "2030-01-01",
                "audience": "named", "named_ids": [(6, 0, company.ids)], "shown_on": "2026-11-01 10:00:00",
            })  # fmt: skip
            interest = cls.env["vti.exchange.interest"].create({
                "listing_id": card.id, "employer_id": company.id, "asked_by_id": person.id, "state": "granted",
                "line": "Come and see us",
            })  # fmt: skip
            records["vti.exchange.listing"][name] = card
            records["vti.exchange.interest"][name] = interest
            records["vti.exchange.view"][name] = cls.env["vti.exchange.view"].create(
                {"interest_id": interest.id, "partner_id": person.id}
            )
            records["vti.exchange.line"][name] = cls.env["vti.exchange.line"].create(
                {"application_id": cls.records["vti.application"][application].id, "text": "Good lad"}
            )
        card, interest = (records[f"vti.exchange.{name}"]["Sam"] for name in ("listing", "interest"))
        return records | {
            "vti.exchange.share": {
                "Sam": cls.env["vti.exchange.share"].create({"listing_id": card.id, "text": "Look"})
            },
            "vti.exchange.follow": {
                "Bakker": cls.env["vti.exchange.follow"].create({"partner_id": cls.recruiter.id, "params": "level=2"})
            },
            "vti.exchange.balance": {"Bakker": cls.env["vti.exchange.balance"].browse(interest.employer_id.id)},
            "vti.exchange.phone": {"somebody's": cls.env["vti.exchange.phone"].create({"student_id": cls.student.id})},
        }
