"""Pooled-budget agreements that are checked, settled and drafted from one text file."""

__version__ = "0.1.0"
