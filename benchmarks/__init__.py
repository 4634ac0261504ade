"""Measures of speed and memory, each as a ratio to a named yardstick in the same run."""
