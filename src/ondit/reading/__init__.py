"""One report: a `Document` in, one `Reading` out. Pure functions; no store, no engine, no network."""
