"""Settling: facts of a year and a ruleset in, a settlement that adds up out."""
