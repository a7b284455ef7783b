"""Which company suits what a school asks: a guest lesson, a visit, information in class. Without the ORM."""

from .rank import Ask, Offer, Reason, Suggestion, is_wished, rank

__all__ = ["Ask", "Offer", "Reason", "Suggestion", "is_wished", "rank"]
