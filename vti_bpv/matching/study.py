"""The hard rule of studies: may this student learn at this place at all."""

from .profiles import PlaceProfile, Reason, StudentProfile


def study_fit(student: StudentProfile, place: PlaceProfile) -> tuple[float, Reason]:
    """How well the study fits the place.

    A place for mbo names its qualifications. Another qualification of the same trade and level will do
    as well where the address is recognised for it, and so will level 2 where the company is open to it:
    learning for a qualification that the company isn't recognised for counts for nothing (the Dutch act on
    vocational education, WEB).

    :return: a share from 0 to 1 and the reason; 0 means that it is impossible
    """
    if student.education != place.education:
        return 0.0, Reason.of("education_other", -1)
    if student.education != "mbo":
        return _other_education(student, place)
    share, reason = _qualification(student, place)
    if share and student.path and place.path and student.path != place.path:
        return 0.0, Reason.of("path_other", -1, path=place.path)
    return share, reason


def _qualification(student: StudentProfile, place: PlaceProfile) -> tuple[float, Reason]:
    if student.qualification is None:
        return 0.0, Reason.of("study_unknown", -1)
    if student.qualification in place.qualifications:
        return 1.0, Reason.of("qualification_own", 1)
    if student.trade is None or student.trade != place.trade:
        return 0.0, Reason.of("trade_other", -1)
    level_2 = student.level == "2" and place.open_to_level_2
    if not level_2 and student.level not in place.levels:
        return 0.0, Reason.of("level_other", -1, level=student.level)
    if student.qualification not in place.recognised:
        return 0.0, Reason.of("recognition_missing", -1)
    return 0.7, Reason.of("qualification_related", 1)


def _other_education(student: StudentProfile, place: PlaceProfile) -> tuple[float, Reason]:
    """hbo, vmbo, pro and vso: the kind of education decides, the trade says how well it fits."""
    if student.trade and place.trade and student.trade != place.trade:
        return 0.5, Reason.of("trade_near", 0)
    return 1.0, Reason.of("education_same", 1)
