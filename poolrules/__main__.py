"""`python -m poolrules`: the command line, where the console script is not on the path."""

import sys

from poolrules.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
