from datetime import date

from odoo.tests import tagged

from ..common import VtiCase
from .test_import import ImportMixin


@tagged("post_install", "-at_install")
class TestImportKinds(ImportMixin, VtiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"company_registry": "01234567", "ref": "VTI-1"})
        cls.school.ref = "25LH"

    def find(self, name):
        return self.env["res.partner"].search([("name", "=", name)])

    # companies

    def test_branch_is_known_by_number_else_by_place(self):
        branch = self.make_branch(self.company, "Zuid", street="Kerkstraat 12 A", zip="3511AB")
        header = "KvK-nummer;Vestiging;Vestigingsnummer;Straat;Postcode"
        record = self.do_import("company", header, "01234567;Utrecht-Zuid;000012345678;Kerkstraat 12a;3511ab")
        self.assertEqual(self.get_counts(record), (0, 1, 0, 0))
        self.assertEqual((branch.name, branch.ref), ("Utrecht-Zuid", "000012345678"))
        record = self.do_import("company", header, "01234567;Nieuwe naam;000012345678;Marktplein 3;3447GG")
        self.assertEqual((branch.name, branch.street), ("Nieuwe naam", "Marktplein 3"))
        record = self.do_import("company", header, "01234567;Noord;000087654321;Marktplein 3;3447GG")
        self.assertEqual(self.get_counts(record), (1, 0, 0, 0))
        self.assertEqual(
            self.find("Noord").mapped(lambda p: (p.parent_id, p.type, p.is_company)), [(self.company, "branch", False)]
        )

    def test_branch_before_its_company_in_the_file(self):
        self.do_import("company", "VTI-nummer;Bedrijfsnaam;Vestiging", "9;Nieuw;Oost", "9;Nieuw;")
        self.assertEqual(self.find("Oost").parent_id, self.find("Nieuw"))

    def test_company_keys(self):
        self.other_company.ref = "VTI-3"
        self.make_company("De Wit Koeling", ref="VTI-2")
        self.make_company("Koel", ref="VTI-4", company_registry="77777777")
        record = self.make_import(
            "company",
            "KvK-nummer;VTI-nummer;Bedrijfsnaam;Vestiging",
            "01234567;VTI-2;A;",  # one number of each
            "11111111;VTI-4;B;",  # known with another number
            "22222222;VTI-3;De Vries Elektra;",  # known by its own number: gets the other
            ";;C;",
            "1234567;;D;",
            "33333333;;E;",
            "33333333;;E;",
            "44444444;;;West",
            "55555555;;;",
        )
        self.assertEqual(
            self.get_messages(record),
            {
                2: "VTI-nummer: “VTI-2” belongs to De Wit Koeling, but the row also names Bakker Techniek.",
                3: "KvK-nummer: Koel is known with chamber-of-commerce number 77777777, not 11111111.",
                5: "Fill in one of: KvK-nummer, VTI-nummer.",
                6: "KvK-nummer: “1234567” has 7 digits. Did Excel drop the first zero? Write 01234567.",
                8: "KvK-nummer: Is in the file already, on row 7.",
                9: "KvK-nummer: “44444444” is not known. First add a row for the organisation itself.",
                10: "Bedrijfsnaam: Not known yet. Fill this in to add it.",
            },
        )
        self.assertEqual(record.changed_line_ids.mapped("number"), [4])

    def test_postcodes_and_countries(self):
        record = self.make_import(
            "company",
            "KvK-nummer;Bedrijfsnaam;Postcode;Land",
            "11111111;A;B-2000;",
            "11111112;B;2000;België",
            "11111113;C;D-47533;DE",
            "11111114;D;3447gg;Nederlnd",
        )
        self.assertEqual(
            self.get_messages(record),
            {
                2: "Postcode: “B-2000” is no Dutch postcode, such as 3447 GG.",
                5: "Land: “Nederlnd” is not known. Do you mean Nederland?"
                if self.env["res.lang"]._lang_get("nl_NL")
                else "Land: “Nederlnd” is not known. Do you mean Netherlands?",
            },
        )

    def test_school_with_campus(self):
        self.do_import(
            "school",
            "BRIN;School;Locatie;Postcode;Vmbo",
            "30AB;Vakcollege;;3447gg;ja",
            "30AB;Vakcollege;Kanaalweg;3511ab;",
        )
        campus = self.find("Kanaalweg")
        self.assertEqual((campus.parent_id.has_vmbo, campus.parent_id.has_mbo), (True, False))
        self.assertEqual(
            (campus.parent_id.ref, campus.parent_id.is_school, campus.parent_id.is_employer, campus.type),
            ("30AB", True, False, "campus"),
        )

    # contacts

    def test_contacts_and_roles(self):
        branch = self.make_branch(self.company, "Zuid")
        header = "KvK-nummer;Organisatie;Vestiging;Naam;E-mail;Rollen;Alleen deze vestiging"
        self.do_import(
            "contact",
            header,
            "01234567;;;Anja;Anja@Example.org ;recruiter, praktijkopleider;",
            "01234567;;Zuid;Anja;anja@example.org;werkplekbegeleider;",
            "01234567;;Zuid;Piet;piet@example.org;buddy;ja",
            f";{self.school.name};;Kees;kees@example.org;stagedocent;",
        )
        anja, piet, kees = self.find("Anja"), self.find("Piet"), self.find("Kees")
        self.assertEqual((anja.parent_id, kees.parent_id), (self.company, self.school))
        self.assertEqual(
            {(r.role, r.organisation_id) for r in anja.guidance_role_ids},
            {("recruiter", self.company), ("practical_trainer", self.company), ("workplace_mentor", branch)},
        )
        self.assertEqual(piet.branch_scope_ids, branch)
        again = self.make_import("contact", header, "01234567;;;Anja;anja@example.org;buddy, recruiter;")
        self.assertEqual(again.changed_line_ids.change_text, "added: Guidance Role")
        self.assertEqual(self.get_counts(again), (0, 1, 0, 0))
        wrong = self.make_import(
            "contact",
            header,
            "01234567;;;Anja;anja@example.org;stagedocent;",
            "01234567;;Noord;Kim;kim@example.org;;",
            "99999999;;;Kim;kim@example.org;;",
        )
        self.assertEqual(
            self.get_messages(wrong),
            {
                2: "Rollen: Bakker Techniek can't have the role stagedocent.",
                3: "Vestiging: Bakker Techniek has no branch “Noord”. It has: Zuid.",
                4: "KvK-nummer: “99999999” is not known.",
            },
        )

    # recognitions

    def test_recognitions(self):
        header = "KvK-nummer;Vestiging;Crebo;Status;Laatst gecontroleerd;Einddatum"
        self.make_branch(self.company, "Zuid")
        self.do_import("recognition", header, "01234567;;25737;;1-9-2026;", "01234567;zuid;25737;geldig;;31-12-2026")
        found = self.env["vti.recognition"].search([("employer_id", "=", self.company.id)])
        self.assertEqual(
            {(r.branch_id.name, r.status, r.last_checked, r.date_end) for r in found},
            {("Bakker Techniek", "valid", date(2026, 9, 1), False), ("Zuid", "valid", False, date(2026, 12, 31))},
        )
        again = self.make_import(
            "recognition",
            header,
            "01234567;;25737;ingetrokken;;",
            "01234567;;25738;;31-02-2026;",
            "01234567;;25730;;;",
            "01234567;;2573;;;",
        )
        self.assertEqual(again.changed_line_ids.change_text, "Status: Valid → Withdrawn")
        messages = self.get_messages(again)
        self.assertEqual(messages[3], "Laatst gecontroleerd: The date 31-02-2026 doesn't exist.")
        self.assertRegex(messages[4], r"^Crebo: Crebo 25730 is not known. Do you mean 2573\d ")
        self.assertEqual(messages[5], "Crebo: “2573” is no crebo: it has 5 digits.")

    # students

    HEADER = (
        "Studentnummer;Voornaam;Tussenvoegsel;Achternaam;E-mail;Geboortedatum;School;Crebo;Leerweg;Klas;"
        "Ingeschreven vanaf;Ingeschreven tot en met;Naam ouder;E-mail ouder"
    )

    def test_students(self):
        self.do_import(
            "student",
            self.HEADER,
            "0071;Noor;van der;Ven;noor@example.org;4-3-2011;25LH;25737;bol;1A;1-8-2026;;Ans van der Ven;a@ven.nl",
            "0072;Bram;van der;Ven;bram@example.org;4-3-2012;25LH;25737;bol;1A;1-8-2026;;Ans van der Ven;a@ven.nl",
        )
        students = self.find("Noor van der Ven").vti_student_ids | self.find("Bram van der Ven").vti_student_ids
        enrolment = students[0].enrolment_ids
        self.assertEqual(
            (
                enrolment.student_number,
                enrolment.school_id,
                enrolment.qualification_id,
                enrolment.class_name,
                enrolment.date_from,
            ),
            ("0071", self.school, self.qualification, "1A", date(2026, 8, 1)),
        )
        self.assertEqual(students.mapped("activated_on"), [False, False])
        self.assertTrue(all(students.mapped("code")))
        self.assertEqual(students.guardian_ids.partner_id, self.find("Ans van der Ven"))
        self.assertEqual(len(students.guardian_ids), 2)
        again = self.make_import(
            "student",
            self.HEADER,
            "71;;;;;;25LH;;;;;;;",
            "0071;Noor;van der;Ven;noor2@example.org;;25LH;;bbl;;;;;",
            ";;;;BRAM@example.org;;25LH;25739;;;;;;",
        )
        changes = [
            "Email: noor@example.org → noor2@example.org",
            "Learning Path: bol: school with internship → bbl: working and learning",
        ]
        self.assertEqual(
            again.changed_line_ids.mapped("change_text"),
            [
                "\n".join(changes),
                f"Qualification: {self.qualification.display_name} → {self.qualification_4.display_name}",
            ],
        )
        self.assertEqual(self.get_messages(again), {2: "Achternaam: Not known yet. Fill this in to add it."})

    def test_new_school_year_is_a_new_enrolment(self):
        first = self.student.enrolment_ids
        first.write({"student_number": "5", "date_to": "2026-07-31", "date_from": "2025-08-01"})
        application = self.make_application()
        self.do_import("student", self.HEADER, "5;;;;;;25LH;25739;;;1-8-2026;;;")
        self.assertEqual((first.qualification_id, application.enrolment_id), (self.qualification, first))
        self.assertEqual((self.student.enrolment_ids - first).qualification_id, self.qualification_4)

    def test_student_of_another_school_stays_one_student(self):
        self.other_school.ref = "30AB"
        self.do_import("student", self.HEADER, f"9;;;;{self.student.email};;30AB;;;;;;;")
        self.assertEqual(self.student.enrolment_ids.school_id, self.school | self.other_school)

    def test_student_mistakes(self):
        self.student.enrolment_ids.student_number = "5"
        record = self.make_import(
            "student",
            self.HEADER,
            ";Jan;;A;;;25LH;;;;;;;",
            "1;Jan;;A;;;Onbekend;;;;;;;",
            "2;Jan;;A;;31-02-2010;25LH;25730;;;;;;",
            "3;Jan;;A;;1-1-2020;25LH;;;;;;;",
            "4;Jan;;A;;;25LH;;;;1-8-2026;1-7-2026;;",
            f"6;Sam;;Jansen;{self.student.email};;25LH;;;;;;;",
            "7;Jan;;A;x@example.org;;25LH;;;;;;Piet;",
            "8;Jan;;A;x@example.org;;25LH;;;;;;Piet;x@example.org",
            f"5;Sam;;Jansen;{self.other_student.email};;25LH;;;;;;;",
        )
        messages = self.get_messages(record)
        age = date.today().year - 2020
        self.assertEqual(messages[2], "Fill in one of: Studentnummer, E-mail.")
        self.assertEqual(messages[3], "School: “Onbekend” is not known.")
        self.assertIn("Geboortedatum: The date 31-02-2010 doesn't exist.", messages[4])
        self.assertRegex(messages[4], "Crebo 25730 is not known. Do you mean 2573")
        self.assertEqual(
            messages[5], f"Geboortedatum: With 01-01-2020 the student is {age} years old. Look at the year."
        )
        self.assertEqual(messages[6], "Ingeschreven tot en met: It ends before it begins.")
        self.assertEqual(messages[7], "Studentnummer: Sam Jansen is known at this school with number 5, not 6.")
        self.assertEqual(messages[8], "Naam ouder of voogd: Fill in E-mail ouder of voogd too.")
        self.assertEqual(messages[9], "E-mail: Is in the file already, on row 8.")
        self.assertEqual(
            messages[10], f"E-mail: {self.other_student.email} is the address of another student, Noor de Wit."
        )

    def test_a_postcode_is_wrong_beside_an_unknown_school(self):
        record = self.make_import("student", "Studentnummer;Achternaam;School;Postcode", "1;Jansen;Onbekend;ABCD")
        self.assertIn("Postcode: ", self.get_messages(record)[2])
        self.assertIn("School: ", self.get_messages(record)[2])

    # qualifications

    def test_list_of_duo(self):
        record = self.do_import(
            "qualification",
            "ERKENDEOPLEIDINGSCODE;ERKENDEOPLEIDINGSNAAM;MBONIVEAU;LEERTRAJECT;KWALIFICATIEDOSSIER;SECTOR",
            "29001;Monteur waterstof;Niveau 2;BOL;Energie;Techniek",
            "29001;Monteur waterstof;Niveau 2;BBL;Energie;Techniek",
            "25737;Monteur elektrotechnische installaties;2;BBL;Elektrotechnische installaties;Techniek",
        )
        new = self.env["vti.qualification"].search([("crebo", "=", "29001")])
        self.assertEqual(
            (new.name, new.level, new.dossier, new.learning_paths), ("Monteur waterstof", "2", "Energie", "both")
        )
        self.assertEqual(self.qualification.learning_paths, "bbl")
        self.assertEqual(record.message, "Not known, so not read: SECTOR.")
        wrong = self.make_import(
            "qualification", "Crebo;Naam;Niveau", "29002;A;2", "29002;B;2", "29003;C;", "29004;D;5"
        )
        self.assertEqual(
            self.get_messages(wrong),
            {
                3: "Crebo: Is in the file already, on row 2.",
                4: "Niveau: Not known yet. Fill this in to add it.",
                5: "Niveau: “5” is not one of: 1, 2, 3, 4.",
            },
        )
