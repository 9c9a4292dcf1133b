"""Finished traces: reads them, and computes nothing."""
