"""``python -m evidencelint.batch`` is ``evidencelint batch``."""

from __future__ import annotations

import sys

from evidencelint.cli import main

if __name__ == "__main__":
    main(["batch", *sys.argv[1:]])
