"""Account for every figure of a document, those that are no prose included: nothing is left out unsaid."""

from evidencelint.accounting.census import Found, census
from evidencelint.accounting.report import report_figures

__all__ = ["Found", "census", "report_figures"]
