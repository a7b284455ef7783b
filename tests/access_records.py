"""The records that the matrix names in its column `whose`, one builder per family of models."""

from odoo import Command

from .access_exchange import ExchangeMixin
from .access_lessons import LessonsMixin
from .access_technique import TechniqueMixin

# lists that are the same for everybody: any record will do
REFERENCE = [
    "gamification.karma.rank",
    "mail.message.subtype",
    "res.company",
    "res.country",
    "res.country.group",
    "res.country.state",
    "res.currency",
    "res.lang",
    "vti.holiday",
    "vti.interest",
    "vti.postcode",
    "vti.qualification",
    "vti.season",
    "vti.trade",
    "website",
    "website.menu",
]


class RecordsMixin(ExchangeMixin, LessonsMixin, TechniqueMixin):
    """`cls.records[model][whose]` is a record, superuser's environment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = {}
        families = "network internship people mail other_apps speed_dates lessons matching wizards exchange"
        for family in families.split():
            cls.records.update(getattr(cls, f"_records_of_{family}")())
        for model in REFERENCE:
            cls.records.setdefault(model, {"any": cls.env[model].with_context(active_test=False).search([], limit=1)})

    @classmethod
    def _records_of_network(cls):
        imported = cls.env["vti.import"].create({"kind": "company"})
        make_role = cls.env["vti.guidance.role"].create
        return {
            "vti.import": {"companies": imported},
            "vti.import.line": {"companies": cls.env["vti.import.line"].create({"import_id": imported.id})},
            "vti.student": {"Sam": cls.student, "Noor": cls.other_student, "Mila: left the school": cls.mila},
            "vti.enrolment": {
                "Sam": cls.student.enrolment_ids,
                "Noor": cls.other_student.enrolment_ids,
                "Mila: left the school": cls.mila.enrolment_ids,
            },
            "vti.guardian": {
                "Sam": cls.make_guardian(cls.student, "Joke"),
                "Noor": cls.make_guardian(cls.other_student, "Kees"),
            },
            "vti.consent": {
                "Sam": cls.make_consent(cls.student),
                "Noor": cls.make_consent(cls.other_student),
                "Mila": cls.alumnus.consent_id,
            },
            "vti.recognition": {
                "Bakker": cls.make_recognition(cls.utrecht),
                "De Vries": cls.make_recognition(cls.other_company),
            },
            "vti.guidance.role": {
                "Bakker": make_role({"partner_id": cls.recruiter.id, "role": "practical_trainer"}),
                "De Vries": make_role({"partner_id": cls.other_recruiter.id, "role": "practical_trainer"}),
                "ROC": make_role({"partner_id": cls.coordinator.id, "role": "stage_teacher"}),
            },
        }

    @classmethod
    def _records_of_internship(cls):
        utrecht = cls.make_vacancy(branch_id=cls.utrecht.id, contact_id=cls.recruiter.id)
        gouda = cls.make_vacancy(branch_id=cls.gouda.id, state="draft")
        other = cls.make_vacancy(cls.other_company)
        asked = cls.make_student("Bo Klein", birth_date="2012-01-01")
        imported = cls.make_student("Isa Groot", activated_on=False)
        return {
            "vti.vacancy": {
                "Bakker Utrecht": utrecht,
                "Bakker Utrecht: draft": cls.make_vacancy(branch_id=cls.utrecht.id, state="draft"),
                "Bakker Gouda: draft": gouda,
                "De Vries": other,
                "De Vries: draft": cls.make_vacancy(cls.other_company, state="draft"),
            },
            "vti.application": {
                "Sam at Bakker Utrecht": cls.make_application(cls.student, utrecht),
                "Sam at Bakker Gouda": cls.make_application(cls.student, gouda),
                "Bo: guardian asked": cls.make_application(asked, utrecht, guardian_state="asked"),
                "Isa: imported": cls.make_application(imported, utrecht),
                "Noor at De Vries": cls.make_application(cls.other_student, other),
            },
            "vti.placement": {
                "Sam at Bakker Utrecht": cls.make_placement(cls.student, utrecht, branch_id=cls.utrecht.id),
                "Sam at Bakker Gouda": cls.make_placement(cls.student, gouda, branch_id=cls.gouda.id),
                "Mila at Bakker Utrecht: past": cls.make_placement(
                    cls.mila, utrecht, branch_id=cls.utrecht.id, state="closed"
                ),
                "Noor at De Vries": cls.make_placement(cls.other_student, other),
            },
            "vti.vacancy.send.back": {
                "somebody's": cls.env["vti.vacancy.send.back"].create({"vacancy_id": gouda.id, "reason": "Say more"})
            },
            **cls._records_of_seasons(utrecht),
            "vti.application.step": {
                "at Bakker": cls.env["vti.application.step"].create(
                    {"application_id": cls.make_application(cls.make_student("Jo Kok"), utrecht).id, "kind": "note"}
                )
            },
            "vti.meeting.slot": {
                "at Bakker": cls.env["vti.meeting.slot"].create(
                    {"vacancy_id": utrecht.id, "start": "2027-01-11 10:00:00"}
                )
            },
            "vti.selection.outcome": {"level 2": cls._make_outcome(utrecht)},
            "vti.answer.record": {"Bakker": cls._make_answer(utrecht)},
            "vti.application.request": {
                "visitor at Bakker": cls.env["vti.application.request"].create(
                    {"vacancy_id": utrecht.id, "name": "Visitor", "email": "visitor@example.org"}
                )
            },
            "vti.application.answer": {
                "somebody's": cls.env["vti.application.answer"].create(
                    {"application_id": cls.make_application(cls.mila, utrecht).id, "answer": "invite"}
                )
            },
            "vti.holiday.import": {"somebody's": cls.env["vti.holiday.import"].create({"file": b"e30="})},
            "vti.throttle": {"any": cls.env["vti.throttle"].create({"scope": "apply", "key": "x"})},
            "vti.notice": {
                "to Sam": cls.env["vti.notice"].create(
                    {"partner_id": cls.student.partner_id.id, "subject": "You are invited"}
                )
            },
            "vti.place.report": {
                "about Bakker": cls.env["vti.place.report"].create(
                    {"vacancy_id": utrecht.id, "reason": "gone", "outcome": "We called."}
                )
            },
            "vti.saved.search": {
                "Sam": cls.env["vti.saved.search"].create(
                    {"email": "sam@example.org", "params": "", "partner_id": cls.student.partner_id.id}
                ),
            },
            "vti.favourite": {
                "Sam": cls.env["vti.favourite"].create(
                    {"partner_id": cls.student.partner_id.id, "vacancy_id": utrecht.id}
                ),
                "Noor": cls.env["vti.favourite"].create(
                    {"partner_id": cls.other_student.partner_id.id, "vacancy_id": utrecht.id}
                ),
            },
            "vti.place.check": {
                "Bakker": cls.env["vti.place.check"].create(
                    {"employer_id": cls.company.id, "asked_on": "2026-11-10", "confirmed_before": "2026-10-13"}
                )
            },
            "vti.placement.end": {
                "somebody's": cls.env["vti.placement.end"].create(
                    {"placement_id": cls.make_placement(cls.mila, utrecht).id, "how": "broken_off", "reason": "Ill"}
                )
            },
            "vti.alumnus": {"Mila": cls.alumnus, "Daan": cls.other_alumnus},
        }

    @classmethod
    def _records_of_seasons(cls, place):
        wizard = cls.env["vti.season.copy"].create({"season_id": cls.season.id})
        line = cls.env["vti.season.copy.line"].create({"wizard_id": wizard.id, "vacancy_id": place.id})
        campaign = cls.env["vti.campaign"].create({"name": "Places", "season_id": cls.season.id, "state": "running"})
        return {
            "vti.season.copy": {"somebody's": wizard},
            "vti.season.copy.line": {"somebody's": line},
            "vti.campaign": {"any": campaign},
            "vti.campaign.company": {
                "Bakker": cls.env["vti.campaign.company"].create(
                    {"campaign_id": campaign.id, "employer_id": cls.company.id}
                )
            },
        }

    @classmethod
    def _make_outcome(cls, vacancy):
        """What came of five applications at one level: fewer aren't shown."""
        for number in range(5):
            cls.make_application(cls.make_student(f"Out {number}"), vacancy)
        return cls.env["vti.selection.outcome"].search([], limit=1)

    @classmethod
    def _make_answer(cls, vacancy):
        """How the company of a place answers: one application that it answered."""
        application = cls.make_application(cls.make_student("Tea Kok"), vacancy)
        application.write({"state": "invited", "invited_on": application.submitted_on})
        return cls.env["vti.answer.record"].search([("employer_id", "=", vacancy.employer_id.id)])

    @classmethod
    def _records_of_people(cls):
        vti = cls.user_colleague.partner_id
        bank = cls.env["res.partner.bank"]
        return {
            "res.partner": {
                "Sam": cls.student.partner_id,
                "Noor": cls.other_student.partner_id,
                "Mila": cls.mila.partner_id,
                "stranger": cls.users["portal"].partner_id,
                "Bakker": cls.company,
                "Bakker Utrecht": cls.utrecht,
                "Bakker's recruiter": cls.recruiter,
                "De Vries": cls.other_company,
                "ROC": cls.school,
                "training employer": cls.training_employer,
                "VTI colleague": vti,
            },
            "res.users": {
                "Sam": cls.user_student,
                "Noor": cls.user_other_student,
                "Mila": cls.users["alumnus"],
                "Bakker's recruiter": cls.user_company,
                "VTI colleague": cls.user_colleague,
            },
            "res.partner.bank": {
                "Sam": bank.create({"acc_number": "NL02ABNA0123456789", "partner_id": cls.student.partner_id.id}),
                "Bakker": bank.create({"acc_number": "NL91ABNA0417164300", "partner_id": cls.company.id}),
            },
            "res.users.apikeys": {"Noor": cls._make_key(cls.user_other_student)},
            "auth_totp.device": {"Noor": cls._make_key(cls.user_other_student, "auth_totp.device")},
            "phone.blacklist": {"Noor": cls.env["phone.blacklist"].create({"number": "+31612345678"})},
        }

    @classmethod
    def _make_key(cls, user, model="res.users.apikeys"):
        """A key of somebody; made in SQL, as the application has no way to make one for another."""
        cls.env.cr.execute(
            f"INSERT INTO {model.replace('.', '_')} (name, user_id, scope, index, key, create_date)"
            " VALUES ('key', %s, 'rpc', 'abcdefgh', 'x', now()) RETURNING id",
            [user.id],
        )
        return cls.env[model].browse(cls.env.cr.fetchone())

    @classmethod
    def _records_of_mail(cls):
        subject = cls.records["vti.application"]["Sam at Bakker Utrecht"]
        comment = subject.message_post(body="Staff's opinion", message_type="comment", subtype_xmlid="mail.mt_comment")
        company_comment = cls.company.message_post(
            body="Staff's opinion of Bakker", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        subject.message_subscribe(cls.user_vti.partner_id.ids)
        event = cls.env["calendar.event"].create(
            {
                "name": "Interview",
                "start": "2026-12-01 09:00:00",
                "stop": "2026-12-01 10:00:00",
                "partner_ids": [Command.set((cls.student.partner_id | cls.recruiter).ids)],
            }
        )
        channel = cls.env["discuss.channel"]._create_channel("Staff", cls.env.ref("base.group_user").id)
        attach = cls.env["ir.attachment"].create
        return {
            "mail.message": {"comment on Sam's application": comment, "comment on Bakker": company_comment},
            "mail.notification": {
                "Noor": cls.env["mail.notification"].create(
                    {"mail_message_id": comment.id, "res_partner_id": cls.other_student.partner_id.id}
                )
            },
            "mail.followers": {"Sam's application": subject.message_follower_ids[:1]},
            "mail.activity": {
                "Sam's application": subject.activity_schedule("mail.mail_activity_data_todo", user_id=cls.user_vti.id)
            },
            "calendar.event": {"Sam at Bakker": event},
            "calendar.attendee": {"Sam at Bakker": event.attendee_ids[:1]},
            "discuss.channel": {"staff": channel},
            "discuss.channel.member": {"staff": channel.channel_member_ids[:1]},
            "ir.attachment": {
                "Sam's record": attach(
                    {"name": "a.txt", "raw": b"x", "res_model": "vti.student", "res_id": cls.student.id}
                ),
                "Sam's application": attach(
                    {"name": "b.txt", "raw": b"x", "res_model": "vti.application", "res_id": subject.id}
                ),
                "Noor's record": attach(
                    {"name": "c.txt", "raw": b"x", "res_model": "vti.student", "res_id": cls.other_student.id}
                ),
                "nobody's": attach({"name": "d.txt", "raw": b"x"}),
            },
        }

    @classmethod
    def _records_of_other_apps(cls):
        survey = cls.env["survey.survey"].create(
            {
                "title": "Your internship",
                "question_and_page_ids": [
                    Command.create(
                        {
                            "title": "How was it?",
                            "question_type": "simple_choice",
                            "suggested_answer_ids": [Command.create({"value": "Good"})],
                        }
                    )
                ],
            }
        )
        question, answer = survey.question_ids, survey.question_ids.suggested_answer_ids
        given = cls.env["survey.user_input"].create({"survey_id": survey.id, "partner_id": cls.student.partner_id.id})
        line = cls.env["survey.user_input.line"].create(
            {
                "user_input_id": given.id,
                "question_id": question.id,
                "answer_type": "suggestion",
                "suggested_answer_id": answer.id,
            }
        )
        scale = cls.env["survey.question"].create(
            {"title": "How do you look back?", "question_type": "scale", "survey_id": survey.id}
        )
        given.write(
            {
                "state": "done",
                "party": "student",
                "placement_id": cls.records["vti.placement"]["Sam at Bakker Utrecht"].id,
            }
        )
        scored = cls.env["survey.user_input.line"].create(
            {"user_input_id": given.id, "question_id": scale.id, "answer_type": "scale", "value_scale": 8}
        )
        cls.env.flush_all()  # the score is a view
        lead = cls.env["crm.lead"].create({"name": "Wants interns", "partner_id": cls.company.id})
        badge = cls.env["gamification.badge"].create({"name": "Certified", "rule_auth": "everyone"})
        event = cls.env["event.event"].create(
            {"name": "Intern day", "date_begin": "2026-12-01 09:00:00", "date_end": "2026-12-01 17:00:00"}
        )
        return {
            "vti.evaluation.score": {"Sam at Bakker": cls.env["vti.evaluation.score"].browse(scored.id)},
            "survey.survey": {"internship": survey},
            "survey.question": {"internship": question},
            "survey.question.answer": {"internship": answer},
            "survey.user_input": {"Sam": given},
            "survey.user_input.line": {"Sam": line},
            "crm.lead": {"Bakker": lead},
            "event.event": {"hidden": event, "public": event.copy({"is_published": True})},
            "event.registration": {
                "Sam": cls.env["event.registration"].create(
                    {"event_id": event.id, "partner_id": cls.student.partner_id.id, "name": "Sam"}
                )
            },
            "gamification.badge": {"any": badge},
            "gamification.badge.user": {
                "Noor": cls.env["gamification.badge.user"].create(
                    {"badge_id": badge.id, "user_id": cls.user_other_student.id}
                )
            },
        } | cls._records_of_technique(event, survey, badge)

    @classmethod
    def _records_of_speed_dates(cls):
        event = cls.records["event.event"]["public"].copy({"is_published": True})
        date = cls.env["vti.speed.date"].create({"event_id": event.id, "state": "published"})
        mine = {"speed_date_id": date.id}
        company = cls.env["vti.speed.company"].create({**mine, "employer_id": cls.company.id})
        student = cls.env["vti.speed.student"].create({**mine, "student_id": cls.student.id})
        pair = {"company_id": company.id, "student_id": student.id}
        return {
            "vti.event.check": {
                "somebody's": cls.env["vti.event.check"].create({"event_id": event.id, "name": "Book a room"})
            },
            "vti.event.waiting": {
                "Sam": cls.env["vti.event.waiting"].create(
                    {"event_id": event.id, "partner_id": cls.student.partner_id.id, "name": "Sam"}
                )
            },
            "vti.speed.date": {"somebody's": date},
            "vti.speed.round": {"somebody's": date.round_ids[0]},
            "vti.speed.room": {"somebody's": cls.env["vti.speed.room"].create({**mine, "name": "Hall"})},
            "vti.speed.company": {"Bakker": company},
            "vti.speed.student": {"Sam": student},
            "vti.speed.wish": {"Sam at Bakker": cls.env["vti.speed.wish"].create({**pair, "student_rank": 1})},
            "vti.speed.talk": {
                "Sam at Bakker": cls.env["vti.speed.talk"].create({**pair, "round_id": date.round_ids[0].id})
            },
        }

    @classmethod
    def _records_of_matching(cls):
        pair = {"student_id": cls.student.id, "vacancy_id": cls.records["vti.vacancy"]["Bakker Utrecht"].id}
        run = cls.env["vti.match.run"].create({"season_id": cls.season.id, "state": "done"})
        return {
            "vti.match.run": {"this season's": run},
            "vti.match.proposal": {"Sam at Bakker": cls.env["vti.match.proposal"].create(pair)},
            "vti.match.gap": {"Sam": cls.env["vti.match.gap"].create({"run_id": run.id, "student_id": cls.student.id})},
            "vti.match.choice": {"somebody's": cls.env["vti.match.choice"].create(pair)},
        }
