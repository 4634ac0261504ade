"""The written tree, and the two notations that are read into it and written from it."""
