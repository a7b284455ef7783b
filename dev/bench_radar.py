"""Measure the radar and print its proof: a season's 600 students and 300 places, then 10,000 and 5,000.

    make bench-radar

Invented students and places around Dutch towns, the same at every run. No database. The goals: seconds
for the season; 60 seconds and 1 GB for the large one, both proven optimal.
"""

import argparse
import random
import resource
import sys
import time
from datetime import date, timedelta

import odoo.tools

TOWNS = [
    (52.09, 5.12), (52.08, 4.88), (52.37, 4.90), (51.92, 4.48), (52.08, 4.30), (51.44, 5.47), (51.59, 4.78),
    (52.16, 5.39), (52.22, 6.89), (53.22, 6.57), (51.84, 5.86), (51.98, 5.91), (52.51, 6.09), (50.85, 5.69),
    (51.69, 5.30), (52.38, 4.64), (52.16, 4.49), (53.20, 5.79), (51.50, 3.61), (52.70, 5.29),
]  # fmt: skip
START = date(2027, 2, 1)
# qualification: (trade, level); levels as they are among mbo students of technology, roughly
COURSES = {n: (n % 5, level) for n, level in enumerate("1" * 2 + "2" * 8 + "3" * 7 + "4" * 8)}


def scatter(draw):
    latitude, longitude = draw.choices(TOWNS, weights=range(len(TOWNS), 0, -1))[0]
    return latitude + draw.gauss(0, 0.09), longitude + draw.gauss(0, 0.14)


def make_students(draw, number, profiles):
    for n in range(number):
        course = draw.choice(list(COURSES))
        trade, level = COURSES[course]
        mode = draw.choice(["bike", "transit", "transit", "car", None])
        yield profiles.StudentProfile(
            id=n, qualification=course, level=level, trade=trade, path=draw.choice(["bol", "bol", "bol", "bbl"]),
            start=START, days=draw.choice([3, 4, 4, 5]), position=scatter(draw), travel=mode,
            max_km=draw.choice([None, None, 10, 20, 30]),
            interests=frozenset(draw.sample(range(14), draw.randint(0, 4))),
        )  # fmt: skip


def make_places(draw, number, profiles):
    companies = max(1, number // 2)
    homes = [scatter(draw) for _company in range(companies)]
    for n in range(number):
        company = draw.randrange(companies)
        trade = draw.randrange(5)
        family = [course for course, (t, _level) in COURSES.items() if t == trade]
        offered = frozenset(draw.sample(family, draw.randint(1, 2)))
        yield profiles.PlaceProfile(
            id=n, company=company, left=draw.choice([1, 1, 1, 2, 3]), qualifications=offered,
            recognised=offered | frozenset(draw.sample(family, 2)),
            levels=frozenset(COURSES[course][1] for course in offered), trade=trade,
            path=draw.choice(["bol", "bol", "bol", "bbl"]), open_to_level_2=draw.random() < 0.3,
            start=START + timedelta(days=draw.randint(-20, 60)), days=draw.choice([3, 4, 4, 5]),
            position=homes[company], interests=frozenset(draw.sample(range(14), draw.randint(0, 5))),
            has_guide=draw.random() < 0.8,
        )  # fmt: skip


def measure(students, places):
    from odoo.addons.vti_bpv.matching import profiles, radar  # noqa: PLC0415 - only after the configuration

    draw = random.Random(1)
    students = list(make_students(draw, students, profiles))
    places = list(make_places(draw, places, profiles))
    limits = {place.company: draw.randint(1, 4) for place in places if place.company % 3 == 0}
    begin = time.monotonic()
    found = radar.assign(students, places, limits)
    seconds, proof = time.monotonic() - begin, found.proof
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    left = sum(place.left for place in places)
    first = sum(student.needs_care for student in students)
    print(f"{len(students)} students ({first} of level 1 and 2), {len(places)} places for {left} interns")
    print(f"  possible pairs {found.candidates}, found and scored in {found.seconds['pairs']:.1f} s")
    print(
        f"  solved in {found.seconds['solve']:.1f} s, all {seconds:.1f} s, {memory:.0f} MB at most (all of the process)"
    )
    print(f"  placed {proof.placed}, of level 1 and 2 {proof.placed_first}")
    print(f"  weight {proof.weight}, bound {proof.weight_bound:.3f}; fit {proof.fit}, bound {proof.fit_bound:.3f}")
    print(f"  {'proven optimal' if proof.is_optimal else 'NOT PROVEN'}", flush=True)
    return proof.is_optimal and seconds < 60 and memory < 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("conf")
    parser.add_argument("--students", type=int)
    parser.add_argument("--places", type=int)
    options = parser.parse_args()
    odoo.tools.config.parse_config(["-c", options.conf, "--log-level=warn", "--no-http"], setup_logging=True)
    sizes = [(options.students, options.places)] if options.students else [(600, 300), (10_000, 5_000)]
    results = [measure(*size) for size in sizes]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
