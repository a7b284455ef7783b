"""CSV and XLSX files, as Dutch spreadsheet programs write them, read into rows of cells."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass

from openpyxl import load_workbook

from .problems import FileProblem

MAX_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 250_000_000  # 50,000 rows of 20 columns unpack to about 80 MB
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 20_000  # characters
DELIMITERS = ";\t,|"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass
class Table:
    """A header and the rows below it that hold anything.

    `rows` are pairs of the row number as a spreadsheet shows it and the list of its cells: str,
    number, bool, date, datetime or time; None where empty.
    """

    header: list
    rows: list


def read_table(data):
    """Read a file by what is in it, whatever its name says.

    :param bytes data: the whole file
    :return:
    :rtype: Table
    :raise FileProblem: with one of the codes empty, too_big, too_many_rows, too_many_columns,
        not_a_table, old_excel, password, damaged, bomb
    """
    if not data.strip(b"\x00\t\r\n "):
        raise FileProblem("empty")
    if len(data) > MAX_BYTES:
        raise FileProblem("too_big", limit=MAX_BYTES // 1_000_000)
    if data.startswith(_OLE):
        raise FileProblem("password" if _ENCRYPTED in data else "old_excel")
    lines = _read_xlsx(data) if data.startswith(b"PK\x03\x04") else _read_csv(data)
    return _make_table(lines)


def _make_table(lines):
    header, rows, width = None, [], None  # cells beyond the last heading belong to no column
    for number, cells in enumerate(lines, 1):
        cells = [_tidy(cell) for cell in cells[:width]]
        if all(cell is None for cell in cells):
            continue
        if header is None:
            header = ["" if cell is None else str(cell) for cell in cells]
            while header and not header[-1]:
                header.pop()
            width = len(header)
            if width > MAX_COLUMNS:
                raise FileProblem("too_many_columns", limit=MAX_COLUMNS)
            continue
        if len(rows) == MAX_ROWS:
            raise FileProblem("too_many_rows", limit=MAX_ROWS)
        rows.append((number, cells))
    if header is None:
        raise FileProblem("empty")
    return Table(header, rows)


def _tidy(cell):
    if isinstance(cell, str):
        cell = cell.replace("\xa0", " ").replace("\ufeff", "").replace("\x00", "").strip()[: MAX_CELL + 1]
        # the apostrophe with which a formula is made harmless on export
        if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@":
            cell = cell[1:]
    return None if cell == "" else cell


# CSV


def decode(data):
    """Text of a file from a spreadsheet: UTF-8 or UTF-16 with or without mark, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    elif data[1::2][:200].count(0) > len(data[1::2][:200]) * 0.4:
        return data.decode("utf-16-le", "replace")
    elif data[0::2][:200].count(0) > len(data[0::2][:200]) * 0.4:
        return data.decode("utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def guess_delimiter(text):
    """The character between cells: what stands most often, outside quotes, in the first line."""
    line = re.sub(r'"[^"]*"', "", next((line for line in text.splitlines() if line.strip()), ""))
    best = max(DELIMITERS, key=line.count)
    return best if line.count(best) else ";"


def _read_csv(data):
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<!DOC", b"<html")):
        raise FileProblem("not_a_table")
    text = decode(data)
    if len(re.findall(r"[\x01-\x08\x0e-\x1f]", text[:20_000])) > 5:
        raise FileProblem("not_a_table")
    delimiter = None
    if match := re.match(r"sep=(.)\r?\n", text):  # Excel's own hint
        delimiter = match[1]
    body = text[match.end() :] if match else text
    delimiter = delimiter or guess_delimiter(body)
    rows = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
    if match:
        yield []
    try:
        yield from rows
    except csv.Error as error:
        raise FileProblem("damaged") from error


# XLSX


def _read_xlsx(data):
    _check_zip(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            yield from _read_first_sheet(book)
        finally:
            book.close()
    except FileProblem:
        raise
    except Exception as error:
        raise FileProblem("damaged") from error


def _read_first_sheet(book):
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        rows = sheet.iter_rows(max_row=MAX_ROWS * 2, max_col=MAX_COLUMNS + 1, values_only=True)
        for before, cells in enumerate(rows):
            if any(cell not in (None, "") for cell in cells):
                yield from ([] for _number in range(before))
                yield cells
                yield from rows
                return


def _check_zip(data):
    """Refuse what isn't a workbook or unpacks to far more than a workbook does."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES or len(parts) > 5000:
                raise FileProblem("bomb")
            if "xl/workbook.xml" not in archive.namelist():
                raise FileProblem("not_a_table")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as file:
                        if b"<!DOCTYPE" in file.read(4096):  # workbooks have none; entities grow without end
                            raise FileProblem("bomb")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise FileProblem("damaged") from error
