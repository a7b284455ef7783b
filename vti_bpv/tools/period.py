"""Rows that count from a first to a last day, both included and both possibly open."""

from odoo.fields import Domain


def in_force_on(day):
    """The domain of rows with `valid_from` and `valid_to` that count on a day."""
    started = Domain("valid_from", "=", False) | Domain("valid_from", "<=", day)
    return started & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", day))


def counts_on(row, day):
    """Whether one such row counts on a day."""
    return (row.valid_from or day) <= day <= (row.valid_to or day)
