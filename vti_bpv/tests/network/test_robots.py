import re

from ..common import VtiHttpCase


class TestRobots(VtiHttpCase):
    def setUp(self):
        super().setUp()
        self.text = self.url_open("/robots.txt").text
        found = re.findall(r"^Disallow: (\S+)$", self.text, re.MULTILINE)
        self.patterns = [re.compile(re.escape(path).replace(r"\*", ".*").replace(r"\$", "$")) for path in found]

    def may_read(self, path):
        """As Google reads it: the pattern stands at the start, `*` is anything, `$` the end."""
        return not any(pattern.match(path) for pattern in self.patterns)

    def test_what_may_be_read(self):
        for path in ("/", "/stages", "/stages/monteur-12", "/stages/mytown-3", "/stages/vak/elektro-1/utrecht",
                     "/bedrijven/bakker-4", "/mystery", "/event", "/stages/monteur-12/picture.png"):  # fmt: skip
            for start in ("", "/en"):
                self.assertTrue(self.may_read(start + path), start + path)

    def test_what_is_left_alone(self):
        for path in ("/stages?q=monteur", "/stages?page=2", "/stages/monteur-12/apply", "/stages/monteur-12/report",
                     "/bedrijven/bakker-4/poster.pdf", "/bewaard", "/my", "/my/placements", "/web/login?redirect=/my",
                     "/application/student/secret", "/student/start/secret"):  # fmt: skip
            for start in ("", "/en"):
                self.assertFalse(self.may_read(start + path), start + path)

    def test_it_leads_to_the_sitemap(self):
        (url,) = re.findall(r"^Sitemap: (\S+)$", self.text, re.MULTILINE)
        self.assertEqual(self.url_open(url).status_code, 200)
        self.assertTrue(self.text.lstrip().startswith("User-agent: *\n"))
