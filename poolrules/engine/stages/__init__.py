"""The stages of a settlement, one a file; `poolrules.engine.settle` puts them in order."""
