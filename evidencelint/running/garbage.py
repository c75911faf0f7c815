"""How often the processes of a run look for garbage."""

import gc

_ALLOCATIONS = 50_000


def collect_seldom() -> None:
    """Look for garbage seldom.

    What is loaded stays until the end, and what documents leave is hardly ever in circles: to look among it
    every 700 allocations takes a tenth of the time.
    """
    gc.set_threshold(_ALLOCATIONS, 20, 20)
