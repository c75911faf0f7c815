"""How the accounts of figures are written: in words, and as data."""

from __future__ import annotations

from collections.abc import Iterator

from evidencelint.accounts import Accounts, FigureReport
from evidencelint.reporters.run import Run, clean, slashes


def in_words(accounts: Accounts) -> str:
    """Write the accounts in one line; their counts add up to that of all figures."""
    departing = f" ({accounts.departing} departing)" if accounts.departing else ""
    reasons = ", ".join(f"{reason} {count}" for reason, count in accounts.set_aside.items())
    counts = (
        (accounts.matched, f"matched{departing}"),
        (accounts.derived, "derived from facts"),
        (accounts.arithmetic, "by arithmetic only"),
        (accounts.unmatched, "unmatched"),
        (sum(accounts.set_aside.values()), f"set aside ({reasons})"),
    )
    parts = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f"{accounts.figures} figure{'' if accounts.figures == 1 else 's'}" + (f": {parts}" if parts else "")


def as_data(accounts: Accounts) -> dict[str, object]:
    """Give the accounts as the JSON report has them."""
    return {
        "figures": accounts.figures,
        "matched": accounts.matched,
        "departing": accounts.departing,
        "derived": accounts.derived,
        "arithmetic": accounts.arithmetic,
        "unmatched": accounts.unmatched,
        "set_aside": dict(accounts.set_aside),
    }


def figure_data(figure: FigureReport) -> dict[str, object]:
    """Give one figure as the JSON report has it."""
    return {
        "path": figure.path.replace("\\", "/"),
        "line": figure.line,
        "column": figure.column,
        "end_line": figure.end_line,
        "end_column": figure.end_column,
        "offset": figure.span.start,
        "end_offset": figure.span.end,
        "text": figure.text,
        "account": figure.account,
        "reason": figure.reason,
        "verdict": figure.verdict,
        "facts": [fact.id for fact in figure.facts],
        "derivation": figure.derivation or None,
        "details": list(figure.details),
    }


def render(run: Run) -> str:
    """Render every figure of the documents with its account, one a line, and how they add up."""
    return "".join(f"{line}\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    for file in run.files:
        for figure in file.settled_figures():
            place = f"{slashes(figure.path)}:{figure.line}:{figure.column}"
            yield f"{place}: {clean(' '.join(figure.text.split()))}: {account_of(figure)}"
    yield in_words(run.accounts())


def account_of(figure: FigureReport) -> str:
    """Say what became of a figure."""
    names = ", ".join(f"`{clean(fact.id)}`" for fact in figure.facts)
    match figure.account:
        case "set_aside":
            return f"set aside: {figure.reason}"
        case "derived":
            return f"derived from {names or 'facts'}: {clean(figure.derivation)} ({figure.verdict})"
        case "arithmetic":
            wrong = " (inconsistent)" if figure.verdict == "inconsistent" else ""
            return f"checked by arithmetic only{f': {clean(figure.derivation)}' if figure.derivation else ''}{wrong}"
        case "unmatched":
            return f"unmatched; nearest is {names}" if names else "unmatched"
        case _:
            return f"{figure.verdict} by {names}" if figure.verdict == "supported" else f"{figure.verdict}, see {names}"
