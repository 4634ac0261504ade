"""`python -m poolrules`: the command line, where the console script is not on the path."""

import sys

from poolrules.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
