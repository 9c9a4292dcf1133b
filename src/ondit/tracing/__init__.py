"""One story: its readings and shared passages in, one `Trace` out. Pure functions."""
