from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from ...tools.place_query import PlaceQuery
from ..parallel import ParallelCase


@tagged("-at_install", "post_install")
class TestPlaceShelf(ParallelCase):
    """What is kept in memory follows each transaction exactly."""

    def _make(self, env):
        company = env["res.partner"].create(
            {"name": "Plankbedrijf", "is_company": True, "is_employer": True, "zip": "3447 GG", "city": "Woerden"}
        )
        self.company_id = company.id
        values = [
            {"name": f"Plankmonteur {n}", "employer_id": company.id, "state": "published"} for n in ("een", "twee")
        ]
        self.place_ids = env["vti.vacancy"].create(values).ids

    def _remove(self, env):
        env["vti.vacancy"].search([("employer_id", "=", self.company_id)]).unlink()
        env["res.partner"].browse(self.company_id).unlink()

    def env(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {})

    def find(self, cr, text="plankmonteur"):
        return set(self.env(cr)["vti.vacancy"]._search_places(PlaceQuery(q=text)).ids)

    def version(self, cr):
        return self.env(cr)["vti.vacancy"]._get_places_view().version

    def test_a_change_shows_once_it_is_committed(self):
        one, two = self.place_ids
        with self.registry.cursor() as reader:
            self.assertEqual(self.find(reader), {one, two})
        with self.registry.cursor() as writer:
            place = self.env(writer)["vti.vacancy"].browse(one)
            place.state = "paused"
            self.assertEqual(self.find(writer), {two}, "who changes it sees it at once")
            with self.registry.cursor() as reader:
                self.assertEqual(self.find(reader), {one, two}, "and nobody else before the commit")
                writer.commit()
                self.assertEqual(self.find(reader), {one, two}, "nor who was reading already")
            with self.registry.cursor() as reader:
                self.assertEqual(self.find(reader), {two})

    def test_what_is_rolled_back_never_shows(self):
        one, two = self.place_ids
        with self.registry.cursor() as writer:
            self.env(writer)["vti.vacancy"].browse(one).write({"name": "Iets anders"})
            self.assertEqual(self.find(writer), {two})
            self.assertIsNone(self.version(writer))
            writer.rollback()
            self.assertEqual(self.find(writer), {one, two})
        with self.registry.cursor() as reader:
            self.assertEqual(self.find(reader), {one, two})

    def test_an_earlier_transaction_that_commits_later(self):
        one, two = self.place_ids
        with self.registry.cursor() as slow, self.registry.cursor() as quick:
            self.env(slow)["vti.vacancy"].browse(one).state = "paused"
            self.env(slow).flush_all()
            self.env(quick)["vti.vacancy"].browse(two).state = "paused"
            self.env(quick).flush_all()
            quick.commit()
            with self.registry.cursor() as reader:
                self.assertEqual(self.find(reader), {one})
            slow.commit()
        with self.registry.cursor() as reader:
            self.assertEqual(self.find(reader), set())

    def test_words_follow_a_changed_text(self):
        one, two = self.place_ids
        with self.registry.cursor() as reader:
            self.assertEqual(self.find(reader, "twee"), {two})
        with self.registry.cursor() as writer:
            self.env(writer)["vti.vacancy"].browse(one).write({"name": "Plankmonteur twee"})
        with self.registry.cursor() as reader:
            self.assertEqual(self.find(reader, "twee"), {one, two})
        with self.registry.cursor() as writer:
            self.env(writer)["vti.vacancy"].browse(two).unlink()
        with self.registry.cursor() as reader:
            self.assertEqual(self.find(reader, "twee"), {one})

    def test_what_places_show_has_a_version_too(self):
        with self.registry.cursor() as reader:
            before = self.version(reader)
            self.assertEqual(self.version(reader), before)
        for model, values in (
            ("res.partner", {"about": "Nieuw verhaal"}),
            ("vti.trade", {"description": "Nieuw"}),
            ("vti.age.rule", {"source": "Nieuw"}),
        ):
            with self.registry.cursor() as writer:
                env = self.env(writer)
                company = env["res.partner"].browse(self.company_id)
                record = company if model == "res.partner" else env[model].search([], limit=1)
                old = record.read(values)[0]
                record.write(values)
            with self.registry.cursor() as reader:
                now = self.version(reader)
                self.assertGreater(now, before, model)
                before = now
            with self.registry.cursor() as writer:
                record.with_env(self.env(writer)).write({name: old[name] for name in values})
            with self.registry.cursor() as reader:
                before = self.version(reader)

    def test_reading_changes_nothing_and_asks_once(self):
        with self.registry.cursor() as reader:
            self.find(reader)
        with self.registry.cursor() as reader:
            before = reader.sql_log_count
            self.find(reader)
            self.assertEqual(reader.sql_log_count - before, 1)
