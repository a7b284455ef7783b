"""The columns of each kind of import, described in a TOML file beside this one, in Dutch.

A kind has a `title`, an `about` and `columns`. A column has a `name` (what the code calls it), a
`header`, a `type` (a converter of `fields`) and an `example`; it may have `synonyms` of the header,
`help`, `required` and `choices` (value -> words that mean it, the first of which is shown).
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from ..fields import CONVERTERS, as_text, fold
from ..problems import CellProblem, FileProblem, Problem


@dataclass(frozen=True, eq=False)
class Column:
    name: str
    header: str
    type: str = "char"
    synonyms: tuple = ()
    help: str = ""
    example: str = ""
    required: bool = False
    ignored: bool = False
    choices: dict = field(default_factory=dict)

    @cached_property
    def words(self):
        return {fold(word): value for value, names in self.choices.items() for word in (value, *names)}

    def convert(self, cell):
        return CONVERTERS[self.type](cell, self)


@dataclass
class Row:
    """A row of a file, with what it says and what is wrong with it."""

    number: int
    cells: dict  # name of the column -> cell as read
    values: dict = field(default_factory=dict)  # name -> value, of filled cells alone
    problems: list = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Format:
    kind: str
    title: str
    about: str
    columns: tuple

    @cached_property
    def by_name(self):
        return {column.name: column for column in self.columns}

    @cached_property
    def shown(self):
        """Columns of the template."""
        return [column for column in self.columns if not column.ignored]

    def match_header(self, header):
        """Find which column each heading stands for, whatever its capitals, accents and signs.

        :return: (place in the row -> Column, list of headings nobody knows)
        :raise FileProblem: missing_columns, double_column or no_header
        """
        known = {}
        for column in self.columns:
            for name in (column.header, column.name, *column.synonyms):
                known.setdefault(fold(name), column)
        places, unknown = {}, []
        for place, heading in enumerate(header):
            column = known.get(fold(heading))
            if column and column in places.values():
                raise FileProblem("double_column", column=heading)
            if column:
                places[place] = column
            elif heading:
                unknown.append(heading)
        if not places:
            raise FileProblem("no_header", columns=[column.header for column in self.shown[:4]])
        found = set(places.values())
        if missing := [column.header for column in self.columns if column.required and column not in found]:
            raise FileProblem("missing_columns", columns=missing)
        return places, unknown

    def read_rows(self, table, keep_example=False):
        """Turn the cells of a table into values.

        :param Table table: as the reader gives it
        :param bool keep_example: whether the template's example counts as a row
        :return: (list of Row, list of headings nobody knows)
        :raise FileProblem: where the header can't be used or no row is left
        """
        places, unknown = self.match_header(table.header)
        rows = []
        for number, cells in table.rows:
            row = Row(number, {places[place].name: cell for place, cell in enumerate(cells) if place in places})
            if not keep_example and self._is_example(row):
                continue
            if any(cell is not None for cell in row.cells.values()):
                self._convert(row, places.values())
                rows.append(row)
        if not rows:
            raise FileProblem("no_rows")
        return rows, unknown

    def _convert(self, row, columns):
        for column in columns:
            cell = row.cells.get(column.name)
            if column.ignored:
                continue
            if cell is None:
                if column.required:
                    row.problems.append(Problem("required", column.header))
                continue
            try:
                row.values[column.name] = column.convert(cell)
            except CellProblem as problem:
                row.problems.append(Problem(problem.code, column.header, problem.params))

    def _is_example(self, row):
        filled = {name: fold(as_text(cell)) for name, cell in row.cells.items() if cell is not None}
        return len(filled) > 2 and filled == {
            column.name: fold(column.example) for column in self.shown if column.example and column.name in row.cells
        }


@cache
def get_format(kind):
    """The format of a kind of import."""
    description = tomllib.loads((Path(__file__).parent / f"{kind}.toml").read_text("utf-8"))
    columns = [
        Column(**{**column, "synonyms": tuple(column.get("synonyms", ()))}) for column in description.pop("columns")
    ]
    return Format(kind=kind, columns=tuple(columns), **description)
