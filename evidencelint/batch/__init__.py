"""Check collections of any size: documents in, results out in the same order, on this machine's processes or on Dask.

>>> from pathlib import Path
>>> from evidencelint.batch import Entry, check_collection
>>> entries = [Entry("1", "Helmets cut head injuries by 84%.")]
>>> [(result.id, len(result.diagnostics)) for result in check_collection(entries, Path("facts.yaml"))]
[('1', 1)]

``evidencelint batch IN OUT`` reads and writes JSON lines and Parquet, and goes on where a run was interrupted.
"""

from evidencelint.batch.collection import check_collection
from evidencelint.batch.entries import Entry, read_entries
from evidencelint.batch.results import Result, open_target

__all__ = ["Entry", "Result", "check_collection", "open_target", "read_entries"]
