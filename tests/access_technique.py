"""Records of Odoo's own workings that the matrix names: parts of games and events, settings, open forms."""

from odoo import Command

from .access_people import AccessMixin


class TechniqueMixin(AccessMixin):
    @classmethod
    def _records_of_technique(cls, event, survey, badge):
        goal = cls.env["gamification.goal.definition"].create(
            {"name": "Goal", "computation_mode": "manually", "condition": "higher"}
        )
        challenge = cls.env["gamification.challenge"].create(
            {
                "name": "Challenge",
                "reward_id": badge.id,
                "user_ids": [Command.set(cls.user_other_student.ids)],
                "line_ids": [Command.create({"definition_id": goal.id, "target_goal": 1})],
            }
        )
        ticket = cls.env["event.event.ticket"].create({"event_id": event.id, "name": "Ticket"})
        category = cls.env["event.tag.category"].create({"name": "Kind", "tag_ids": [Command.create({"name": "Fair"})]})
        question = cls.env["event.question"].create(
            {
                "title": "Vegetarian?",
                "question_type": "simple_choice",
                "event_ids": [Command.set(event.ids)],
                "answer_ids": [Command.create({"name": "Yes"})],
            }
        )
        filters = cls.env["ir.filters"].create(
            {"name": "Noor's", "model_id": "vti.vacancy", "user_ids": [Command.set(cls.user_other_student.ids)]}
        )
        task = cls.env["vti.work.task"].create({"name": "Live wires"})
        rate = cls.env["res.currency.rate"].create(
            {"name": "2026-01-01", "rate": 1.1, "currency_id": cls.env.ref("base.USD").id}
        )
        return {
            "gamification.challenge": {"any": challenge},
            "gamification.challenge.line": {"any": challenge.line_ids},
            "gamification.goal.definition": {"any": goal},
            "gamification.goal": {
                "Noor": cls.env["gamification.goal"].create(
                    {
                        "definition_id": goal.id,
                        "user_id": cls.user_other_student.id,
                        "target_goal": 1,
                        "challenge_id": challenge.id,
                    }
                )
            },
            "event.event.ticket": {"hidden": ticket},
            "event.tag.category": {"any": category},
            "event.tag": {"any": category.tag_ids},
            "event.question": {"hidden": question},
            "event.question.answer": {"hidden": question.answer_ids},
            "event.slot": {
                "hidden": cls.env["event.slot"].create(
                    {"event_id": event.id, "date": "2026-12-01", "start_hour": 10.0, "end_hour": 11.0}
                )
            },
            "ir.filters": {"Noor": filters},
            "res.currency.rate": {"any": rate},
            "ir.config_parameter": {"any": cls.env["ir.config_parameter"].search([], limit=1)},
            "ir.model.fields": {"any": cls.env["ir.model.fields"].search([], limit=1)},
            "discuss.call.history": {
                "staff": cls.env["discuss.call.history"].create(
                    {"channel_id": cls.records["discuss.channel"]["staff"].id, "start_dt": "2026-11-01 10:00:00"}
                )
            },
            "website.event.menu": {
                "any": cls.env["website.event.menu"].create(
                    {
                        "menu_id": cls.env["website.menu"].search([], limit=1).id,
                        "event_id": event.id,
                        "menu_type": "introduction",
                    }
                )
            },
            "website.controller.page": {
                "any": cls.env["website.controller.page"].create(
                    {
                        "name": "Page",
                        "name_slugified": "page",
                        "model_id": cls.env["ir.model"]._get_id("res.country"),
                        "view_id": cls.env.ref("website.layout").id,
                    }
                )
            },
            "vti.work.task": {"any": task},
            "vti.age.rule": {
                "any": cls.env["vti.age.rule"].create(
                    {"task_id": task.id, "forbidden_below": 16, "source": "Arbeidsomstandighedenbesluit"}
                )
            },
            "vti.working.time.rule": {
                "any": cls.env["vti.working.time.rule"].create(
                    {
                        "age_from": 16,
                        "age_to": 17,
                        "max_hours_day": 9,
                        "max_hours_week": 45,
                        "source": "Arbeidstijdenwet",
                    }
                )
            },
            "vti.region": {"any": cls.env["vti.region"].create({"name": "North"})},
            "vti.refusal.reason": {"any": cls.env["vti.refusal.reason"].create({"name": "Full", "message": "Full."})},
            "ir.ui.view": {"any": cls.env.ref("website.layout")},
            "mail.template": {"any": cls.env["mail.template"].search([], limit=1)},
            "utm.source": {"any": cls.env["utm.source"].search([], limit=1)},
            "utm.campaign": {"any": cls.env["utm.campaign"].create({"name": "C"})},
            "website.page": {"any": cls.env["website.page"].search([], limit=1)},
            "website.visitor": {"any": cls.env["website.visitor"].create({"access_token": "a" * 32})},
            "digest.digest": {"any": cls.env["digest.digest"].search([], limit=1)},
        }

    @classmethod
    def _records_of_wizards(cls):
        """Forms that somebody else has open."""
        cls.env.cr.execute(
            "INSERT INTO auth_passkey_key (name, credential_identifier, public_key, create_uid)"
            " VALUES ('key', 'x', 'x', %s) RETURNING id",
            [cls.user_other_student.id],
        )
        key = cls.env["auth.passkey.key"].browse(cls.env.cr.fetchone())
        return {"auth.passkey.key": {"Noor": key}} | {
            model: {"somebody's": cls.env[model].create(values)}
            for model, values in (
                ("auth.passkey.key.create", {"name": "key"}),
                ("auth_totp.wizard", {"user_id": cls.user_other_student.id, "secret": "x"}),
                ("res.users.apikeys.description", {"name": "key"}),
                ("res.users.identitycheck", {}),
            )
        }
