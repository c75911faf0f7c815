"""Reports: one module per format, each a function from the results of a run to text."""

from collections.abc import Callable, Mapping

from evidencelint.reporters import concise, full, json_report
from evidencelint.reporters.run import Run

FORMATS: Mapping[str, Callable[[Run], str]] = {
    "full": full.render,
    "concise": concise.render,
    "json": json_report.render,
}

__all__ = ["FORMATS", "Run"]
