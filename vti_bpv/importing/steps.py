"""What an import will do, worked out before anything is written."""

import hashlib
import json
from dataclasses import dataclass, field


@dataclass(eq=False)
class Step:
    """One record to make (`record_id` None) or to change.

    Among its values a Step stands for the record that step makes or changes.
    """

    row: object
    model: str
    stage: int  # lower ones are carried out first
    values: dict
    record_id: int | None = None
    old: dict = field(default_factory=dict)  # values before, of a record that changes
    shown: list = field(default_factory=list)  # (field, old, new) as a reader sees them
    is_new: bool = True
    is_side: bool = False  # making it doesn't make the row a new one

    @property
    def is_idle(self):
        return not self.is_new and not self.values


class Plan:
    """The steps of all rows."""

    def __init__(self, rows):
        self.rows, self.steps = rows, []
        self._of_row = {id(row): [] for row in rows}
        self._labels = {}

    def add(self, step):
        self.steps.append(step)
        self._of_row[id(step.row)].append(step)
        return step

    def name_row(self, row, label):
        self._labels[id(row)] = label

    def get_label(self, row):
        return self._labels.get(id(row), "")

    def get_steps(self, row):
        return self._of_row[id(row)]

    def get_outcome(self, row):
        """What happens to a row: error, new, changed or same; its first step is about the row itself."""
        steps = self.get_steps(row)
        if row.problems:
            return "error"
        if steps and steps[0].is_new and not steps[0].is_side:
            return "new"
        return "same" if all(step.is_idle for step in steps) else "changed"

    @property
    def has_problems(self):
        return any(row.problems for row in self.rows)

    def get_digest(self):
        """A fingerprint of what would happen, to see whether it still is what was shown."""
        whole = [
            (row.number, self.get_outcome(row), [[s.model, s.is_new, s.shown] for s in self.get_steps(row)])
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(whole, default=str).encode()).hexdigest()
