"""Templates and error reports, as workbooks and CSV files that Dutch spreadsheet programs open well."""

import csv
import io
from datetime import date, datetime, time

import xlsxwriter

from .fields import as_text, fold, to_date
from .reader import read_table

DATE = "dd-mm-yyyy"
LAST_ROW = 5000  # how far down formats and drop-downs of a template go
_PLAIN = {"integer", "float"}  # cells that may be numbers; all others are text, so that no zero is eaten


def make_harmless(cell):
    """A cell that no spreadsheet takes for a formula.

    Phone numbers may begin with a plus: with digits and signs alone they compute nothing.
    """
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        if cell[0] == "+" and cell[1:].replace(" ", "").replace("-", "").isdigit():
            return cell
        return "'" + cell
    return cell


def make_template_csv(kind):
    """The headings and the example row of a format, with ; between them.

    :return: UTF-8 with the mark that Excel needs
    :rtype: bytes
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.header for column in kind.shown])
    writer.writerow([make_harmless(column.example) for column in kind.shown])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def make_template_xlsx(kind):
    """A workbook with the headings, an example row, drop-downs, and a sheet that explains the columns."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        styles = _make_styles(book)
        sheet = book.add_worksheet("Invullen")
        _write_header(sheet, kind.shown, styles)
        for place, column in enumerate(kind.shown):
            _set_up_column(sheet, place, column, styles)
            _write_example(sheet, place, column, styles)
        _explain(book.add_worksheet("Uitleg"), kind, styles)
    return out.getvalue()


def make_report(kind, data, words, heading):
    """The rows of a file that have errors, with what is wrong in a last column.

    It can be corrected and uploaded again: who reads it passes over that column.

    :param bytes data: the file as it was uploaded
    :param dict words: row number -> what is wrong with it
    :param str heading: of the last column
    """
    table = read_table(data)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        styles = _make_styles(book)
        sheet = book.add_worksheet("Fouten")
        width = len(table.header)
        header = [make_harmless(text) for text in table.header]
        header = (
            [text for text in header if fold(text) != fold(heading)] if fold(heading) in map(fold, header) else header
        )
        places = [place for place in range(width) if fold(table.header[place]) != fold(heading)]
        sheet.write_row(0, 0, [*header, heading], styles["header"])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(places), 18)
        sheet.set_column(len(places), len(places), 70)
        line = 0
        for number, cells in table.rows:
            if number not in words:
                continue
            line += 1
            for place, source in enumerate(places):
                _write_cell(sheet, line, place, cells[source] if source < len(cells) else None, styles)
            sheet.write_string(line, len(places), make_harmless(words[number]), styles["wrong"])
    return out.getvalue()


def _make_styles(book):
    return {
        "header": book.add_format(
            {"bold": True, "bg_color": "#E6EEF5", "bottom": 1, "text_wrap": True, "valign": "top"}
        ),
        "required": book.add_format(
            {"bold": True, "bg_color": "#F9DCC4", "bottom": 1, "text_wrap": True, "valign": "top"}
        ),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": DATE}),
        "time": book.add_format({"num_format": "hh:mm"}),
        "plain": book.add_format(),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "wrong": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#9C0006"}),
    }


def _write_header(sheet, columns, styles):
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.header, styles["required" if column.required else "header"])
        if column.help:
            sheet.write_comment(0, place, column.help)
    sheet.freeze_panes(1, 0)


def _set_up_column(sheet, place, column, styles):
    style = "date" if column.type == "date" else "plain" if column.type in _PLAIN else "text"
    sheet.set_column(place, place, max(12, min(40, len(column.header) + 4)), styles[style])
    if column.choices and column.type != "choices":
        sheet.data_validation(
            1,
            place,
            LAST_ROW,
            place,
            {
                "validate": "list",
                "source": [words[0] for words in column.choices.values()],
                "error_type": "warning",
                "error_title": column.header,
                "error_message": "Kies uit de lijst.",
            },
        )


def _write_example(sheet, place, column, styles):
    if column.type == "date" and column.example:
        sheet.write_datetime(1, place, datetime.combine(to_date(column.example, column), time()), styles["date"])
    elif column.type in _PLAIN and column.example:
        sheet.write_number(1, place, float(column.example), styles["plain"])
    elif column.example:
        sheet.write_string(1, place, column.example, styles["text"])


def _explain(sheet, kind, styles):
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 3, 60)
    sheet.write_string(0, 0, kind.title, styles["title"])
    sheet.merge_range(1, 0, 1, 3, kind.about.strip(), styles["wrap"])
    sheet.set_row(1, 80)
    sheet.merge_range(
        2, 0, 2, 3, "De voorbeeldregel op het eerste blad telt niet mee; je mag hem laten staan.", styles["wrap"]
    )
    for place, text in enumerate(("Kolom", "Verplicht", "Uitleg", "Mogelijke woorden")):
        sheet.write_string(4, place, text, styles["header"])
    for line, column in enumerate(kind.shown, 5):
        sheet.write_string(line, 0, column.header, styles["wrap"])
        sheet.write_string(line, 1, "ja" if column.required else "", styles["wrap"])
        sheet.write_string(line, 2, column.help, styles["wrap"])
        sheet.write_string(line, 3, ", ".join(words[0] for words in column.choices.values()), styles["wrap"])


def _write_cell(sheet, line, place, cell, styles):
    if isinstance(cell, datetime | date):
        sheet.write_datetime(line, place, cell, styles["date"])
    elif isinstance(cell, time):
        sheet.write_datetime(line, place, cell, styles["time"])
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(line, place, cell)
    elif cell is not None:
        sheet.write_string(line, place, make_harmless(as_text(cell)), styles["text"])
