"""The legal text: clause templates, the numbered clause tree, and its writers."""
