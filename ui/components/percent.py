"""Percentages, written one way on every page."""

SPACE = "\N{NO-BREAK SPACE}"


def percent(share: float, deviation: float | None = None, *, digits: int = 1) -> str:
    r"""Write a share in percent, and its deviation if there is one; no line breaks in it.

    Args:
        share: from 0 to 1.
        deviation: of the share, as a share.
        digits: behind the decimal point.

    Examples:
        >>> percent(0.764)
        '76.4\xa0%'
        >>> percent(0.764, 0.021)
        '76.4\xa0±\xa02.1\xa0%'
        >>> percent(0.764, digits=0)
        '76\xa0%'
    """
    spread = "" if deviation is None else f"{SPACE}±{SPACE}{100 * deviation:.{digits}f}"
    return f"{100 * share:.{digits}f}{spread}{SPACE}%"
