"""The words for what can be wrong with a file, a row or a cell."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

MESSAGES = {
    # the file
    "empty": _lt("The file is empty."),
    "too_big": _lt("The file is larger than %(limit)s MB. Split it in parts."),
    "too_many_rows": _lt("The file has more than %(limit)s rows. Split it in parts."),
    "too_many_columns": _lt("The file has more than %(limit)s columns. Is this the right file?"),
    "not_a_table": _lt("This is not a table. Save your list as Excel workbook (.xlsx) or as CSV."),
    "old_excel": _lt("This is the old Excel format (.xls). Open it in Excel and save it as Excel workbook (.xlsx)."),
    "password": _lt("The file has a password. Save it without password and upload it again."),
    "damaged": _lt("The file is damaged. Open it in Excel, save it again and upload that."),
    "bomb": _lt("The file is not a normal workbook, so it was not opened. Save your list as CSV and upload that."),
    "no_rows": _lt("There are no rows to import below the headings. The example row of the template doesn't count."),
    "no_header": _lt("No heading is known. The first row must hold headings such as %(columns)s."),
    "missing_columns": _lt("Columns are missing: %(columns)s."),
    "double_column": _lt("The column %(column)s is there twice."),
    "unknown_columns": _lt("Not known, so not read: %(columns)s."),
    "changed_since": _lt("Something has changed since the check. Look at it again before you import."),
    "failed_row": _lt("Nothing was imported. Row %(row)s: %(message)s"),
    # cells
    "required": _lt("Fill this in."),
    "required_new": _lt("Not known yet. Fill this in to add it."),
    "formula": _lt("Begins with %(sign)s, which a spreadsheet takes for a formula. Take the sign away."),
    "too_long": _lt("Longer than %(limit)s characters."),
    "kvk": _lt("“%(value)s” is no chamber-of-commerce number: it has 8 digits."),
    "kvk_seven": _lt("“%(value)s” has 7 digits. Did Excel drop the first zero? Write %(guess)s."),
    "crebo": _lt("“%(value)s” is no crebo: it has 5 digits."),
    "unknown_crebo": _lt("Crebo %(value)s is not known."),
    "unknown_crebo_guess": _lt("Crebo %(value)s is not known. Do you mean %(guess)s?"),
    "email": _lt("“%(value)s” is no e-mail address."),
    "email_space": _lt("There is a space in “%(value)s”."),
    "phone": _lt("“%(value)s” is no phone number."),
    "url": _lt("“%(value)s” is no web address."),
    "zip": _lt("“%(value)s” is no Dutch postcode, such as 3447 GG."),
    "date": _lt("“%(value)s” is no date. Write day-month-year, such as 31-01-2027."),
    "date_year": _lt("“%(value)s”: write the year with four digits."),
    "date_none": _lt("The date %(value)s doesn't exist."),
    "dates_ordered": _lt("It ends before it begins."),
    "number": _lt("“%(value)s” is no number."),
    "number_reach": _lt("%(value)s is too low or too high."),
    "integer": _lt("%(value)s must be a whole number."),
    "hour": _lt("“%(value)s” is no time, such as 7:30."),
    "boolean": _lt("“%(value)s”: write ja or nee."),
    "choice": _lt("“%(value)s” is not one of: %(choices)s."),
    "choice_guess": _lt("“%(value)s” is not known. Do you mean %(guess)s?"),
    # rows
    "double_row": _lt("Is in the file already, on row %(row)s."),
    "house_needed": _lt("Fill in one of: %(columns)s."),
    "unknown_house": _lt("“%(value)s” is not known."),
    "unknown_house_guess": _lt("“%(value)s” is not known. Do you mean %(guess)s?"),
    "ambiguous_house": _lt("There are several with “%(value)s”. Use another number."),
    "house_conflict": _lt("“%(value)s” belongs to %(name)s, but the row also names %(other)s."),
    "house_first": _lt("“%(value)s” is not known. First add a row for the organisation itself."),
    "other_kvk": _lt("%(name)s is known with chamber-of-commerce number %(known)s, not %(value)s."),
    "archived": _lt("%(name)s is in the archive. Take it out of the archive first."),
    "unknown_place": _lt("%(house)s has no branch “%(value)s”."),
    "unknown_place_known": _lt("%(house)s has no branch “%(value)s”. It has: %(known)s."),
    "unknown_person": _lt("Nobody at %(house)s has the e-mail address %(value)s."),
    "unknown_name": _lt("“%(value)s” is not known."),
    "unknown_name_guess": _lt("“%(value)s” is not known. Do you mean %(guess)s?"),
    "student_key": _lt("Fill in one of: %(columns)s."),
    "email_taken": _lt("%(value)s is the address of another student, %(name)s."),
    "other_number": _lt("%(name)s is known at this school with number %(known)s, not %(value)s."),
    "age": _lt("With %(value)s the student is %(age)s years old. Look at the year."),
    "needs_other": _lt("Fill in %(other)s too."),
    "guardian_same": _lt("This is the address of the student."),
    "role_elsewhere": _lt("%(house)s can't have the role %(value)s."),
    "refused": _lt("%(message)s"),
    "places_taken": _lt("%(taken)s places are taken already; offer at least that many."),
    "no_season": _lt("There is no season on %(value)s. Add it first."),
    "one_or_more": _lt("Write 1 or more."),
}


def get_words(env, problem):
    """Put a problem into words of the user's language.

    :param dict problem: with code, params and possibly column
    :return: a sentence, with the heading before it where it is about a cell
    """
    code, params = problem["code"], dict(problem.get("params") or {})
    for detail in ("guess", "known"):
        if params.get(detail) and f"{code}_{detail}" in MESSAGES:
            code = f"{code}_{detail}"
    params = {key: ", ".join(map(str, value)) if isinstance(value, list) else value for key, value in params.items()}
    translate = env._  # the terms stand above; `env._(...)` takes a literal only
    words = translate(MESSAGES[code]) % params
    return f"{problem['column']}: {words}" if problem.get("column") else words
