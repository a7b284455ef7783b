from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.vacancy.vacancy_places import NoPlaceLeftError
from ..common import VtiCase

DATES = (
    ("2027-01-11", "2027-07-09", "11 January 2027 to 9 July 2027"),
    ("2027-01-11", "2027-01-12", "11 January 2027 to 12 January 2027"),
    ("2027-01-11", "2027-01-11", "On 11 January 2027"),
    ("2027-01-11", False, "From 11 January 2027"),
    (False, "2027-01-11", "Until 11 January 2027"),
    (False, False, "Start in consultation"),
)


@tagged("post_install", "-at_install")
class TestPlacesLeft(VtiCase):
    def test_a_day_is_said_once(self):
        place = self.make_vacancy().with_context(lang="en_US")
        for first, last, text in DATES:
            place.write({"date_from": first, "date_to": last})
            self.assertEqual(place._get_dates(), text)
            (card,) = place._get_cards()
            self.assertIn(text, card)

    def test_taking_the_last_place_fills_it(self):
        place = self.make_vacancy(places_offered=2)
        self.assertEqual(place.places_left, 2)
        place._take_place()
        self.assertEqual((place.places_left, place.state), (1, "published"))
        place._take_place()
        self.assertEqual((place.places_left, place.state), (0, "filled"))
        self.assertFalse(place._is_open())
        with self.assertRaises(NoPlaceLeftError):
            place._take_place()
        self.assertEqual(place.places_left, 0)

    def test_a_closed_place_gives_nothing_away(self):
        for state in ("draft", "review", "filled", "closed", "expired"):
            with self.assertRaises(NoPlaceLeftError):
                self.make_vacancy(state=state)._take_place()
        place = self.make_vacancy(state="paused")  # paused for new students, not for those on their way
        place._take_place()
        self.assertEqual(place.state, "filled")

    def test_a_place_given_back_waits_for_its_company(self):
        place = self.make_vacancy()
        place._take_place()
        place._release_place()
        self.assertEqual((place.places_left, place.state), (1, "paused"))
        place._release_place()
        self.assertEqual(place.places_left, 1, "never more than offered")

    def test_changing_the_number_offered_keeps_what_is_taken(self):
        place = self.make_vacancy(places_offered=3)
        place._take_place()
        place.places_offered = 5
        self.assertEqual(place.places_left, 4)
        place.places_offered = 1
        self.assertEqual((place.places_left, place.state), (0, "filled"))
        place.places_offered = 2
        place._take_place() if place.state == "published" else None
        with self.assertRaises(UserError):
            place.places_offered = 0

    def test_nobody_writes_the_counter(self):
        place = self.make_vacancy(places_offered=2)
        place.write({"places_left": 1, "name": "Other"})
        self.assertEqual((place.places_left, place.name), (2, "Other"))
        self.assertEqual(self.make_vacancy(places_left=0).places_left, 1)
        place._take_place()
        self.assertEqual(place.copy().places_left, 2, "a copy starts anew")
