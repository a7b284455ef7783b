"""Measure the public search and its pages over HTTP, beside Odoo's own pages.

    make bench-search [SIZES="1000 10000 100000"] [ROUNDS=60] [JOBS=no]

For each size a server of its own, in production mode, on a database filled with that many places;
requests of all kinds take turns, so that a busy machine is busy for all of them alike. Each search
is asked for once, so that none is measured from memory; places both ways, as `/contactus` is. Prints medians in
milliseconds, what they are of `/contactus` from Odoo's page cache, the same of the server's own
processor time (on average; that of PostgreSQL isn't in it), and queries a request; then memory and the
plans of the slowest queries. Odoo's jobs page runs at 10,000 jobs in a database that has only that.
What is above its goal has a `!` behind it, is named at the end, and makes the command fail: the ratios are
those of a machine that does nothing else, on a busy one they vary by a fifth.
"""

import os
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import odoo.init
import odoo.tools

HOME = Path(os.environ.get("VTI_ODOO_HOME", Path(__file__).resolve().parent.parent / ".odoo"))
DB, JOBS_DB = os.environ.get("BENCH_DB", "bench_search"), "bench_jobs"
WORDS = ["monteur", "elektromonteur", "warmtepomp", "loodgieter", "zonnepanelen", "koeling", "cv ketel", "service",
         "groepenkast", "Bakker", "Amsterdam", "leer", "techniek", "elektromontuer", "school", "laadpalen"]  # fmt: skip
TOWNS = ["3447", "1012 AB", "Utrecht", "Groningen", "Eindhoven", "6511", "Woerden", "Zwolle", "9711", "Rotterdam"]
LIST_TARGET, GROWTH_TARGET, PLACE_TARGET = 2.5, 1.3, 1.5
LOGGED = re.compile(r'"GET (\S+) HTTP/[\d.]+" (\d+) - (\d+) ([\d.]+) ([\d.]+)')


@contextmanager
def opened(db):
    """An environment on a database, in this process."""
    from odoo import SUPERUSER_ID, api  # noqa: PLC0415 - only after the configuration
    from odoo.modules.registry import Registry  # noqa: PLC0415

    with Registry(db).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {"lang": "nl_NL"})


class Server:
    """A production server on a database; its log tells the number of queries of each request."""

    def __init__(self, db):
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = HOME / f"log/{db}-bench.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        command = [HOME / "venv/bin/odoo", "-c", HOME / "odoo.conf", "-d", db,
                   f"--http-port={self.port}", "--max-cron-threads=0", "--workers=0", "--log-level=info"]  # fmt: skip
        with self.log.open("w") as out:
            self.process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=out)
        for _attempt in range(300):
            try:
                self.get("/web/health")
                break
            except OSError:
                time.sleep(0.2)

    def get(self, path):
        """Seconds, status and size of one answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        begin = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Language": "nl"})
        answer = connection.getresponse()
        size = len(answer.read())
        seconds = time.perf_counter() - begin
        connection.close()
        return seconds, answer.status, size

    def spent(self):
        """Milliseconds of processor time the server has taken, in steps of ten."""
        times = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(times[11]) + int(times[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Megabytes the server holds."""
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", text)[1]) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def queries(self):
        """Queries of each address that was asked for."""
        return {path: int(count) for path, _status, count, _sql, _rest in LOGGED.findall(self.log.read_text())}


class Searches:
    """Addresses of searches, drawn by chance from what the database holds; the same ones each time."""

    def __init__(self, env, seed=1):
        self.chance = random.Random(seed)
        places = env["vti.vacancy"].search([("state", "=", "published")], order="published_on desc, id desc")
        self.total = len(places)
        self.choices = {
            "kind": ["mbo", "hbo", "vmbo_day"], "level": list("1234"), "path": ["bol", "bbl"],
            "trade": places.trade_id.ids, "qualification": places.qualification_ids.ids,
            "period": sorted(set(places.mapped("period")) - {False}), "days": [2, 3, 4, 5],
            "town": ["Utrecht", "Amsterdam", "Rotterdam", "Woerden"],
        }  # fmt: skip
        slug = env["ir.http"]._slug
        self.places = [f"/stages/{slug(place)}" for place in self.chance.sample(places, min(500, self.total))]
        self.seen = set()

    def _filters(self, number):
        names = self.chance.sample([*self.choices, "paid", "side_job", "level2"], number)
        pairs = []
        for name in names:
            values = self.choices.get(name)
            pairs += [(name, value) for value in self.chance.sample(values, 1 + (len(values) > 2))] if values else [
                (name, "1")
            ]  # fmt: skip
        return pairs

    def _near(self):
        return [("near", self.chance.choice(TOWNS)), ("km", self.chance.choice([5, 10, 25, 50, 100, "any"]))]

    def _words(self):
        return [("q", " ".join(self.chance.sample(WORDS, self.chance.choice([1, 1, 2]))))]

    def draw(self, kind):
        """An address of a kind that wasn't drawn before, unless there is only one."""
        last = -(-self.total // 20)
        for _attempt in range(50):
            pairs = {
                "all": list, "deep page": lambda: [("page", self.chance.randint(2, last))],
                "last page": lambda: [("page", last - self.chance.randint(0, min(9, last - 2)))],
                "one filter": lambda: self._filters(1), "three filters": lambda: self._filters(3),
                "words": self._words, "distance": self._near,
                "words + filter": lambda: self._words() + self._filters(1),
                "distance + page": lambda: [("near", self.chance.choice(TOWNS)), ("km", "any"),
                                            ("page", self.chance.randint(2, last))],
                "everything": lambda: self._words() + self._near() + self._filters(2),
            }[kind]()  # fmt: skip
            path = "/stages" + ("?" + urlencode(pairs) if pairs else "")
            if path not in self.seen:
                break
        self.seen.add(path)
        return path


FIRST, LISTS = "/contactus, cached", "LIST, all kinds"
PLACES = ("a place, the first time", "a place, asked before")
KINDS = ("all", "deep page", "last page", "one filter", "three filters", "words", "distance", "words + filter",
         "distance + page", "everything")  # fmt: skip


def prepare(db):
    """Give the database Odoo's emptiest pages: a contact page as Odoo has it, and a bare layout."""
    with opened(db) as env:
        pages = env["website.page"]
        website = env["website"].search([], limit=1)
        env["website"].search([]).write({"default_lang_id": env.ref("base.lang_nl").id})
        for url, arch in (("/contactus", None), ("/bare", '<t t-call="website.layout"/>'),
                          ("/bare-vti", '<t t-call="vti_bpv.layout"/>')):  # fmt: skip
            if pages.search([("url", "=", url)]) or (db == JOBS_DB and "vti" in url):
                continue
            if arch:
                view = env["ir.ui.view"].create(
                    {"name": url, "type": "qweb", "key": f"website.bench{url[1:]}", "arch": f"<t>{arch}</t>"}
                )
            else:
                view = env.ref("website.contactus")
            pages.create({"url": url, "view_id": view.id, "is_published": True, "website_id": website.id})
        env.cr.commit()


def measure(server, draws, rounds):
    """Ask in turn for an address of each kind.

    :param draws: kind -> function that gives an address
    :return: kind -> list of (milliseconds, path, milliseconds of the server's processor time)
    """
    empty = server.memory()
    for path in [draw() for draw in draws.values() for _again in range(4)]:
        _seconds, status, _size = server.get(path)
        assert status == 200, (path, status)
    found = {kind: [] for kind in draws}
    for _round in range(rounds):
        for kind, draw in draws.items():
            path, spent = draw(), server.spent()
            seconds, status, _size = server.get(path)
            assert status in (200, 404), (path, status)
            found[kind].append((seconds * 1000, path, server.spent() - spent))
    print(f"\nThe server holds {server.memory():.0f} MB, before the first page {empty:.0f} MB")
    return found


def counter(prefix):
    number = iter(range(10**6))
    return lambda: f"{prefix}{next(number)}"


def measure_places(size, rounds):
    import bench_places  # noqa: PLC0415 - beside this file

    with opened(DB) as env:
        bench_places.fill(env, size)
        env.cr.commit()
        env.cr._cnx.autocommit = True
        env.cr.execute("VACUUM ANALYZE")
        searches = Searches(env)
        landing = env["website"]._get_landing_path(env["vti.trade"].search([], limit=1), "Utrecht")
    places = iter(searches.places[1:] * 10)
    draws = {
        FIRST: lambda: "/contactus",
        "/contactus, uncached": counter("/contactus?n="),
        "bare layout of Odoo": counter("/bare?n="),
        "bare layout of ours": counter("/bare-vti?n="),
        PLACES[0]: lambda: next(places),
        PLACES[1]: lambda: searches.places[0],
        "a landing page": lambda: landing,
        **{f"list: {kind}": lambda kind=kind: searches.draw(kind) for kind in KINDS},
    }
    server = Server(DB)
    try:
        found = measure(server, draws, rounds)
    finally:
        server.stop()
    counts = server.queries()
    return found, {kind: sorted({counts.get(path, -1) for _ms, path, _spent in rows}) for kind, rows in found.items()}


def get_goal(kind):
    """How many times the contact page a kind of page may take, or None."""
    return LIST_TARGET if kind == LISTS or kind.startswith("list:") else PLACE_TARGET if kind in PLACES else None


def report(size, found, queries, first):
    """Print one table.

    :return: the medians by kind, and what is above its goal as lines of text
    """
    above = []
    medians = {kind: statistics.median(ms for ms, *_more in rows) for kind, rows in found.items()}
    base, base_spent = medians[FIRST], statistics.mean(spent for *_more, spent in found[FIRST])
    rows = [row for kind, rows in found.items() if kind.startswith("list:") for row in rows]
    if rows:
        found = found | {LISTS: rows}
        medians[LISTS] = statistics.median(ms for ms, *_more in rows)
    print(f"\n{size:,} {'places' if rows else 'jobs'}: median of {len(found[FIRST])} requests")
    print(f"{'':26} {'ms':>7} {'p95':>7} {'x cached':>9} {'x cpu':>6} {'growth':>7}  queries")
    for kind, median in medians.items():
        p95 = sorted(ms for ms, *_more in found[kind])[int(len(found[kind]) * 0.95)]
        spent = statistics.mean(spent for *_more, spent in found[kind]) / (base_spent or 1)
        # both against the contact page of their own run: the machine may be busier in one of them
        ratio, growth = median / base, first and median / base / first[kind] * first[FIRST]
        goals = [("times the contact page", ratio, get_goal(kind)), ("growth", growth, kind == LISTS and GROWTH_TARGET)]
        over = [f"{size:,}: {kind}, {what} {value:.2f} (goal {goal})" for what, value, goal in goals
                if value and goal and value > goal]  # fmt: skip
        above += over
        number = ", ".join(map(str, queries.get(kind, []))) if queries else ""
        grown = f"{growth:7.2f}" if first else " " * 7
        mark = "!" if over else " "
        print(f"{kind:26} {median:7.1f} {p95:7.1f} {ratio:9.2f}{mark} {spent:5.2f} {grown}  {number}", flush=True)
    return medians, above


def measure_jobs(rounds, number=10000):
    """Odoo's own jobs page, in a database with nothing of ours."""
    import database  # noqa: PLC0415 - beside this file
    from pg import Cluster  # noqa: PLC0415

    cluster = Cluster()
    template = database.base(cluster)
    database.drop(cluster, JOBS_DB)
    cluster.tool("createdb", "-T", template, JOBS_DB, check=True)
    database.shutil.copytree(database.FILESTORE / template, database.FILESTORE / JOBS_DB, copy_function=os.link)
    database.install(cluster, JOBS_DB, ["website_hr_recruitment"])
    with opened(JOBS_DB) as env:
        model = env["hr.job"].create({"name": "Monteur", "is_published": True, "description": "<p>Monteren</p>"})
        env.flush_all()
        env.cr.execute(
            "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
            " WHERE table_name = 'hr_job' AND column_name <> 'id'"
        )
        (columns,) = env.cr.fetchone()
        env.cr.execute(
            f"INSERT INTO hr_job ({columns}) SELECT {columns} FROM hr_job, generate_series(2, %s) WHERE id = %s",
            [number, model.id],
        )
        env.cr.commit()
    prepare(JOBS_DB)
    server = Server(JOBS_DB)
    try:
        draws = {FIRST: lambda: "/contactus", "Odoo's /jobs": counter("/jobs?n=")}
        found = measure(server, draws, min(rounds, 20))
    finally:
        server.stop()
    counts = server.queries()
    return found, {kind: sorted({counts.get(path, -1) for _ms, path, _spent in rows}) for kind, rows in found.items()}


class Watched:
    """The cursor below Odoo's: keeps the slowest run of each shape of query, as (seconds, text)."""

    def __init__(self, below, slow):
        self.below, self.slow = below, slow

    def __getattr__(self, name):
        return getattr(self.below, name)

    def execute(self, query, params=None):
        begin = time.perf_counter()
        self.below.execute(query, params)
        took, text = time.perf_counter() - begin, self.below.mogrify(query, params).decode()
        shape = re.sub(r"'[^']*'|[\d.]+", "?", text)
        self.slow[shape] = max(self.slow.get(shape, (0, "")), (took, text))


def show_plans(number=3):
    """Print the plans of the slowest queries that searches make."""
    from odoo.addons.vti_bpv.tools import place_query  # noqa: PLC0415

    slow = {}
    with opened(DB) as env:
        searches = Searches(env, seed=2)
        env.cr._obj = Watched(env.cr._obj, slow)
        for kind in KINDS:
            for _again in range(4):
                pairs = parse_qs(urlsplit(searches.draw(kind)).query)
                query = place_query.parse(lambda name, pairs=pairs: pairs.get(name, []))
                env["vti.vacancy"]._search_places(query)
                env.invalidate_all()
        env.cr._obj = env.cr._obj.below
        for seconds, text in sorted(slow.values(), reverse=True)[:number]:
            print(f"\n{seconds * 1000:.1f} ms: {' '.join(text.split())[:600]}")
            env.cr.execute("EXPLAIN (ANALYZE, BUFFERS) " + text.replace("%", "%%"))
            print("\n".join("    " + line for (line,) in env.cr.fetchall()))


def main(conf, sizes, rounds, jobs):
    odoo.tools.config.parse_config(["-c", conf, "-d", DB, "--log-level=warn", "--no-http"], setup_logging=True)
    prepare(DB)
    first, above = {}, []
    for size in sizes:
        found, queries = measure_places(size, rounds)
        medians, over = report(size, found, queries, first)
        first, above = first or medians, above + over
    show_plans()
    if jobs:
        found, queries = measure_jobs(rounds)
        report(10000, found, queries, {})
    base = medians[FIRST]
    growth = medians[LISTS] / base / first[LISTS] * first[FIRST]
    print(f"\nlist {medians[LISTS] / base:.2f} x /contactus from the cache (goal {LIST_TARGET}),"
          f" growth {growth:.2f} (goal {GROWTH_TARGET}),"
          f" a place {medians[PLACES[0]] / base:.2f} x the first time, {medians[PLACES[1]] / base:.2f} asked before"
          f" (goal {PLACE_TARGET}); /contactus uncached {medians['/contactus, uncached'] / base:.2f},"
          f" a bare layout {medians['bare layout of Odoo'] / base:.2f},"
          f" of ours {medians['bare layout of ours'] / base:.2f}")  # fmt: skip
    if above:
        sys.exit("above the goal:\n  " + "\n  ".join(above))
    print("nothing is above its goal")


if __name__ == "__main__":
    main(
        sys.argv[1],
        [int(size) for size in (os.environ.get("SIZES") or "1000 10000 100000").split()],
        int(os.environ.get("ROUNDS") or 60),
        os.environ.get("JOBS") != "no",
    )
