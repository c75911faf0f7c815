"""Days as people write them in a fact base: a year, a month or a day."""

from __future__ import annotations

import calendar
import re
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def read_day(text: str) -> date | None:
    """Give the last day of ``2025``, ``2025-03`` or ``2025-03-31``; None for anything else."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    try:
        return date(year, month, int(found[3]) if found[3] else calendar.monthrange(year, month)[1])
    except ValueError:  # no such month or day; IllegalMonthError is one, too
        return None
