"""What a wish is worth: the one place where it is decided."""

POINTS = (12, 8, 6, 4, 3, 2)
FIT = 4  # a student who meets all of a company's criteria counts as its fourth wish


def wish_points(rank: int) -> int:
    """Return the points of somebody's wish.

    The steps fall, so that a first wish counts for more than a second and a third of others do: 'as many first wishes
    as possible' comes before 'many wishes'. A wish far down the list still counts for something.

    :param rank: 1 for the first wish
    """
    return POINTS[rank - 1] if rank <= len(POINTS) else 1


def fit_points(met: int, asked: int) -> int:
    """Return the points of a student who meets some of a company's criteria; of who meets half, half.

    :param met: criteria that the student meets
    :param asked: criteria that the company has
    """
    return FIT * met // asked if asked else 0


def pair_points(student_rank: int, company_rank: int, met: int = 0, asked: int = 0) -> int:
    """Return the points of both sides together; a rank of 0 is no wish.

    What the company chose by hand goes before what its criteria say of the same student.
    """
    student = wish_points(student_rank) if student_rank > 0 else 0
    return student + (wish_points(company_rank) if company_rank > 0 else fit_points(met, asked))
