"""Invented students and places for the property-based tests: small worlds in which a lot collides."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from ...matching.profiles import PlaceProfile, StudentProfile

# the same examples at every run, none kept on disk
steady = settings(deadline=None, derandomize=True, database=None, max_examples=150)
START = date(2027, 2, 1)
# qualification -> (trade, level)
COURSES = {1: (1, "1"), 2: (1, "2"), 3: (1, "3"), 4: (1, "3"), 5: (2, "2"), 6: (2, "4")}

positions = st.none() | st.tuples(st.floats(51.9, 52.4), st.floats(4.6, 5.4))
dates = st.none() | st.integers(-40, 200).map(lambda days: START + timedelta(days=days))
paths = st.sampled_from([None, "bol", "bbl"])
days = st.none() | st.integers(1, 5)
interests = st.frozensets(st.integers(1, 6), max_size=4)
educations = st.sampled_from(["mbo", "mbo", "mbo", "hbo", "vmbo"])


@st.composite
def students(draw, number=None):
    course = draw(st.none() | st.sampled_from(list(COURSES)))
    trade, level = COURSES.get(course, (None, None))
    return StudentProfile(
        id=draw(st.integers(1, 10_000)) if number is None else number, education=draw(educations),
        qualification=course, level=level, trade=trade, path=draw(paths), start=draw(dates), end=draw(dates),
        days=draw(days), position=draw(positions), travel=draw(st.sampled_from([None, "bike", "transit", "car"])),
        max_km=draw(st.none() | st.integers(1, 60)), interests=draw(interests), side_job=draw(st.booleans()),
        barred=draw(st.frozensets(st.integers(1, 8), max_size=2)),
    )  # fmt: skip


@st.composite
def places(draw, number=None):
    offered = draw(st.frozensets(st.sampled_from(list(COURSES)), max_size=2))
    return PlaceProfile(
        id=draw(st.integers(1, 10_000)) if number is None else number, company=draw(st.integers(1, 3)),
        left=draw(st.integers(0, 2)), education=draw(educations), qualifications=offered,
        recognised=offered | draw(st.frozensets(st.sampled_from(list(COURSES)), max_size=2)),
        levels=frozenset(COURSES[course][1] for course in offered), trade=draw(st.sampled_from([None, 1, 2])),
        path=draw(paths), open_to_level_2=draw(st.booleans()), start=draw(dates), end=draw(dates), days=draw(days),
        position=draw(positions), interests=draw(interests), side_job=draw(st.booleans()),
        has_guide=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def worlds(draw, most=5):
    """Students and places with numbers of their own, and limits of some companies."""
    return (
        [draw(students(number)) for number in range(1, draw(st.integers(0, most)) + 1)],
        [draw(places(number)) for number in range(1, draw(st.integers(0, most)) + 1)],
        draw(st.dictionaries(st.integers(1, 3), st.integers(0, 2), max_size=2)),
    )


def student(number=1, **values):
    """A student of level 3 who fits `place()` in all."""
    course = values.get("qualification", 3)
    trade, level = COURSES.get(course, (None, None))
    usual = {
        "qualification": course, "trade": trade, "level": level, "path": "bol", "position": (52.09, 5.12),
        "travel": "bike", "start": START, "days": 4, "interests": frozenset({1}),
    }  # fmt: skip
    return StudentProfile(number, **usual | values)


def place(number=1, **values):
    offered = values.get("qualifications", frozenset({3}))
    usual = {
        "company": number, "qualifications": offered, "recognised": offered, "trade": 1,
        "levels": frozenset(COURSES[course][1] for course in offered), "path": "bol", "position": (52.09, 5.12),
        "start": START, "days": 4, "interests": frozenset({1}), "has_guide": True,
    }  # fmt: skip
    return PlaceProfile(number, **usual | values)


def north(km):
    """The position that lies so many kilometres north of `student()`."""
    return 52.09 + km / 111.195, 5.12
