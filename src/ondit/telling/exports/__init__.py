"""Finished traces in the formats of other tools: one module a format, and none of them computes anything."""
