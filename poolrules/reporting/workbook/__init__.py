"""The workbook of a settled year: its sheets as plain cells, and the settlement computed anew in formulas."""
