"""Measure the scheduling of speed-dates beside booking first come first served and a greedy plan.

    make bench-speeddate

Without a database. 10% of the students' and 5% of the companies' rounds don't suit; each student ranks 8 companies
(some are far more popular), each company ranks 8 of the students who want it; two talks are promised to each student.
Prints points of wishes, the bound that nothing can better, students with two talks, first wishes met, seconds (wall and
processor) and the memory of the process at most. Each row runs in a process of its own. A plan that takes longer or
more than it may (`LIMITS`) is said so, and the command fails.
"""

import random
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "vti_events"))

from scheduling import Company, Pair, Problem, Student, Talk, check, even_rounds, make_plan, replan, wish_points

SIZES = ((600, 60, 12, 2), (3000, 300, 12, 2))
WAYS = ("first come", "greedy", "unpromised", "plan", "replan")
LIMITS = {("plan", 600): 1, ("plan", 3000): 30, ("replan", 600): 0.3}
"""Processor seconds (one thread, so wall seconds of a quiet machine) a way may take for that many students."""
MOST_MEMORY = 300
HEADER = ("size", "way", "value", "bound", "two talks", "first wish", "seconds", "cpu", "MB")
FORMAT = "{:<14} {:<11} {:>7} {:>7} {:>9} {:>10} {:>8} {:>7} {:>5}"


def make(students: int, companies: int, rounds: int, tables: int, seed: int = 1) -> tuple[Problem, dict[int, int]]:
    """Return an event, and the first wishes."""
    chance = random.Random(seed)
    popular = [1 / (place + 3) for place in range(companies)]
    wishes, firsts, fans = {}, {}, {}
    for student in range(students):
        order = []
        while len(order) < 8:
            company = chance.choices(range(companies), popular)[0]
            if company not in order:
                order.append(company)
        firsts[student] = order[0]
        for rank, company in enumerate(order, 1):
            wishes[student, company] = wish_points(rank)
            fans.setdefault(company, []).append(student)
    for company, likes in fans.items():
        for rank, student in enumerate(chance.sample(likes, min(8, len(likes))), 1):
            wishes[student, company] += wish_points(rank)

    def away(share):
        return frozenset(turn for turn in range(rounds) if chance.random() < share)

    problem = Problem(
        even_rounds(rounds, 10, 5),
        tuple(Student(key, away(0.10), promise=2) for key in range(students)),
        tuple(Company(key, tables, away(0.05)) for key in range(companies)),
        tuple(Pair(*pair, wish) for pair, wish in wishes.items()),
    )
    return problem, firsts


def book(problem: Problem, order: list[Pair]) -> list[Talk]:
    """Give each pair in turn the first round in which both are free."""
    busy = {student.key: set(student.away) for student in problem.students}
    left = {
        (company.key, turn): 0 if turn in company.away else company.tables
        for company in problem.companies
        for turn in range(len(problem.rounds))
    }
    talks = []
    for pair in order:
        for turn in range(len(problem.rounds)):
            if turn not in busy[pair.student] and left[pair.company, turn]:
                busy[pair.student].add(turn)
                left[pair.company, turn] -= 1
                talks.append(Talk(turn, pair.company, pair.student))
                break
    return talks


def first_come(problem: Problem) -> list[Talk]:
    """Let students book in the order in which they happen to come, all they like, best first."""
    place = {student.key: random.Random(student.key).random() for student in problem.students}
    return book(problem, sorted(problem.pairs, key=lambda pair: (place[pair.student], -pair.wish)))


def greedy(problem: Problem) -> list[Talk]:
    """Take the most wished pairs first."""
    return book(problem, sorted(problem.pairs, key=lambda pair: -pair.wish))


def disturb(problem: Problem, talks: tuple[Talk, ...]) -> Problem:
    """Return the event after four rounds: 4% don't come, five walk in, the most popular company leaves early."""
    chance, past = random.Random(2), frozenset(range(4))
    absent = {student.key for student in problem.students if chance.random() < 0.04}
    held = tuple(talk for talk in talks if talk.round < 4 and talk.student not in absent)
    new = range(10**6, 10**6 + 5)
    students = [replace(s, away=s.away | past) for s in problem.students if s.key not in absent]
    return replace(
        problem,
        students=(*students, *(Student(key, past, promise=2) for key in new)),
        companies=tuple(
            replace(c, away=c.away | past | (set(range(6, 12)) if not c.key else set())) for c in problem.companies
        ),
        pairs=(
            *(pair for pair in problem.pairs if pair.student not in absent),
            *(Pair(key, company, wish_points(company + 1)) for key in new for company in range(8)),
        ),
        fixed=held,
    )


def measure(way: str, size: tuple[int, ...]) -> None:
    problem, firsts = make(*size)
    bound, options, talks = "", [], ()
    before = make_plan(problem).talks if way == "replan" else ()
    if way == "replan":
        problem = disturb(problem, before)
    if way == "unpromised":
        problem = replace(problem, students=tuple(replace(student, promise=0) for student in problem.students))
    start, cpu = time.perf_counter(), time.process_time()
    if way in ("plan", "unpromised"):
        plan = make_plan(problem)
        talks, bound = plan.talks, plan.ideal
        assert plan.proven
    elif way == "replan":
        options = replan(problem, before)
        talks = next(option for option in options if option.advised).talks
    else:
        talks = (first_come if way == "first come" else greedy)(problem)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    assert not check(problem, talks)
    wish = {(pair.student, pair.company): pair.wish for pair in problem.pairs}
    number = dict.fromkeys((student.key for student in problem.students), 0)
    for talk in (*problem.fixed, *talks):
        number[talk.student] += 1
    met = {(talk.student, talk.company) for talk in (*problem.fixed, *talks)}
    first = sum(pair in met for pair in firsts.items()) / len(firsts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(FORMAT.format(
        "x".join(map(str, size)), way, sum(wish[talk.student, talk.company] for talk in talks), bound,
        f"{sum(n >= 2 for n in number.values()) / len(number):.1%}", f"{first:.1%}", f"{seconds:.2f}", f"{cpu:.2f}",
        memory,
    ))  # fmt: skip
    for option in options:
        print(
            f"{'':26} {option.value:>7} points, {option.promised[1]} with two talks: {option.moved} moved"
            f"{', advised' * option.advised}"
        )
    most = LIMITS.get((way, size[0]))
    if most and (cpu > most or memory > MOST_MEMORY):
        sys.exit(f"{way}: more than {most} processor seconds or {MOST_MEMORY} MB")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1], tuple(map(int, sys.argv[2].split("x"))))
    else:
        print(FORMAT.format(*HEADER), flush=True)
        runs = [
            subprocess.run([sys.executable, __file__, way, "x".join(map(str, size))], check=False)
            for size in SIZES
            for way in WAYS
        ]
        sys.exit(max(run.returncode for run in runs))
