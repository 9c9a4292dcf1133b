"""Hostile inputs: mutations of every format, taken in until something breaks."""
