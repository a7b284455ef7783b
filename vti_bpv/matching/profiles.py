"""What matching may know. No name, sex, age, origin, health or marks: a test holds the fields to this list."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class StudentProfile:
    """A student who looks for a place. What isn't known is None, and never counts against anybody."""

    id: int
    # study
    education: str = "mbo"  # mbo, hbo, vmbo, pro or vso
    qualification: int | None = None
    level: str | None = None  # "1" to "4"
    trade: int | None = None
    path: str | None = None  # bol or bbl
    # when: first and last day, and days a week beside school
    start: date | None = None
    end: date | None = None
    days: int | None = None
    # travel: from where (degrees, WGS84), how, and how far at most
    position: tuple[float, float] | None = None
    travel: str | None = None  # a key of travel.MODES
    max_km: int | None = None
    # wishes
    interests: frozenset[int] = frozenset()
    side_job: bool = False
    # places ruled out beforehand: applied already, or the law forbids it there (who knows ages decides that)
    barred: frozenset[int] = frozenset()

    @property
    def needs_care(self) -> bool:
        """Level 1 and 2 come first."""
        return self.level in ("1", "2")


@dataclass(frozen=True, slots=True)
class PlaceProfile:
    """A place on offer, for `left` more interns."""

    id: int
    company: int
    left: int = 1
    # for which study
    education: str = "mbo"
    qualifications: frozenset[int] = frozenset()  # what it is offered for
    recognised: frozenset[int] = frozenset()  # what the address is recognised for (SBB)
    levels: frozenset[str] = frozenset()
    trade: int | None = None
    path: str | None = None
    open_to_level_2: bool = False
    # when
    start: date | None = None
    end: date | None = None
    days: int | None = None
    # where
    position: tuple[float, float] | None = None
    # what it offers
    interests: frozenset[int] = frozenset()
    side_job: bool = False
    has_guide: bool = False  # a named guide, or a trainer or mentor at the address


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pair fits or doesn't: a code, whether it speaks for (1), against (-1) or neither (0), and parameters."""

    code: str
    tone: int = 0
    params: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, code: str, tone: int = 0, **params: Any) -> "Reason":
        return cls(code, tone, tuple(sorted(params.items())))

    def as_dict(self) -> dict:
        """For storing as JSON; `Reason.from_dict` reads it back."""
        return {"code": self.code, "tone": self.tone, "params": dict(self.params)}

    @classmethod
    def from_dict(cls, data: dict) -> "Reason":
        return cls.of(data["code"], data.get("tone", 0), **data.get("params", {}))


@dataclass(frozen=True, slots=True)
class Match:
    """How well a place suits a student: 0 to 100, and why; `is_possible` is False where a hard rule forbids it."""

    score: int
    reasons: tuple[Reason, ...]
    is_possible: bool = True
