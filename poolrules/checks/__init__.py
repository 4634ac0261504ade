"""Finding fault with an agreement: one file per check, whose docstring is its page."""
