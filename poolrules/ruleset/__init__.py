"""The compiled form: plain data that can be written down, read back and settled from."""
