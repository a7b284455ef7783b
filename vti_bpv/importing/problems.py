"""What can be wrong, as codes: words come later, in the reader's language."""

from dataclasses import dataclass, field


class FileProblem(Exception):
    """The file as a whole can't be used."""

    def __init__(self, code, **params):
        super().__init__(code)
        self.code, self.params = code, params


class CellProblem(Exception):
    """One cell can't be used."""

    def __init__(self, code, **params):
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True)
class Problem:
    """Something wrong with a row, in a column where one can be named."""

    code: str
    column: str = ""  # its heading
    params: dict = field(default_factory=dict)

    def as_json(self):
        return {"code": self.code, "column": self.column, "params": self.params}
