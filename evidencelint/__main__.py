"""Run the command line as ``python -m evidencelint``."""

from evidencelint.cli import main

if __name__ == "__main__":
    main()
