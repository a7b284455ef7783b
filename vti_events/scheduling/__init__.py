"""Speed-dates: who meets whom, in which round, and what to do when the day turns out otherwise.

A pure package: no ORM, no database, no clock. What goes in is a :class:`Problem` (people, rounds, wishes, talks that
stand), what comes out are :class:`Talk` rows. In order of use:

- :func:`expect` and :func:`vary`: what other numbers of rounds and tables would bring;
- :func:`make_plan`: the pairs with the most wishes that keep the promises (:mod:`selection`), in rounds
  (:mod:`board`, and :mod:`integer` for what repair leaves out), with the proof or what it cost;
- :func:`check`: what is wrong with a timetable, by a judge that shares nothing with its makers;
- :func:`replan`: the ways to go on when somebody doesn't come, comes along or leaves.
"""

from .check import Fault, check
from .plan import Plan, levels, make_plan, worth
from .points import pair_points, wish_points
from .problem import Company, Pair, Problem, Round, Student, Talk, even_rounds
from .replan import Option, replan
from .selection import Selection, select
from .whatif import Crowd, Point, expect, vary

__all__ = [
    "Company",
    "Crowd",
    "Fault",
    "Option",
    "Pair",
    "Plan",
    "Point",
    "Problem",
    "Round",
    "Selection",
    "Student",
    "Talk",
    "check",
    "even_rounds",
    "expect",
    "levels",
    "make_plan",
    "pair_points",
    "replan",
    "select",
    "vary",
    "wish_points",
    "worth",
]
