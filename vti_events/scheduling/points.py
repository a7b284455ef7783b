"""What a wish is worth."""

POINTS = (12, 8, 6, 4, 3, 2)


def wish_points(rank: int) -> int:
    """Return the points of somebody's wish.

    The steps fall, so that a first wish counts for more than a second and a third of others do: 'as many first wishes
    as possible' comes before 'many wishes'. A wish far down the list still counts for something.

    :param rank: 1 for the first wish
    """
    return POINTS[rank - 1] if rank <= len(POINTS) else 1
