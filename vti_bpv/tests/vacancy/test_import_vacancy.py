from datetime import date

from odoo.tests import tagged

from ..common import VtiCase
from ..network.test_import import ImportMixin


@tagged("post_install", "-at_install")
class TestImportVacancy(ImportMixin, VtiCase):
    HEADER = (
        "Referentie;KvK-nummer;Titel;Soort stage;Crebo's;Begin;Einde;Aantal plaatsen;Vergoeding per maand;Wat je doet"
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.company_registry = "01234567"

    def test_places(self):
        self.do_import(
            "vacancy", self.HEADER, "A1;01234567;Stage monteur;mbo;25737, 25739;1-2-2027;30-6-2027;3;€ 350,50;Kabels"
        )
        vacancy = self.env["vti.vacancy"].search([("reference", "=", "A1")])
        self.assertEqual(
            (
                vacancy.employer_id,
                vacancy.state,
                vacancy.places_offered,
                vacancy.places_left,
                vacancy.allowance,
                vacancy.date_from,
                vacancy.season_id,
                vacancy.qualification_ids,
                vacancy.trade_id,
            ),
            (
                self.company,
                "draft",
                3,
                3,
                350.5,
                date(2027, 2, 1),
                self.season,
                self.qualification | self.qualification_4,
                self.qualification.trade_id,
            ),
        )
        vacancy.write({"state": "published"})
        vacancy._take_place()
        vacancy._take_place()
        self.do_import("vacancy", self.HEADER, "A1;01234567;;;;;;4;;")
        self.assertEqual((vacancy.places_offered, vacancy.places_left, vacancy.state), (4, 2, "published"))
        wrong = self.make_import(
            "vacancy",
            self.HEADER,
            "A1;01234567;;;;;;1;;",
            "A2;01234567;X;mbo;;1-2-2040;;0;;",
            "A3;01234567;;iets anders;;;;;;",
            "a3;01234567;Y;;;;;;;",
        )
        column = self.env["vti.import.vacancy"]._get_format().by_name["kind"]
        kinds = [words[0] for words in column.choices.values()]
        self.assertEqual(
            self.get_messages(wrong),
            {
                2: "Aantal plaatsen: 2 places are taken already; offer at least that many.",
                3: "Begin: There is no season on 01-02-2040. Add it first.\nAantal plaatsen: Write 1 or more.",
                4: f"Soort stage: “iets anders” is not one of: {', '.join(kinds)}.\n"
                "Titel: Not known yet. Fill this in to add it.",
                5: "Referentie: Is in the file already, on row 4.",
            },
        )
