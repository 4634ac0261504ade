"""The body that decides where a term names no board."""

from typing import Final

ALL_PARTNERS: Final = "all partners"
"""Every partner together; no board may bear this as its name."""
