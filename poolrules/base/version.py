"""The version of this program, low enough for every layer to print it beside what it made."""

from typing import Final

VERSION: Final = "0.1.0"
"""The same as in pyproject.toml; a test compares them."""
