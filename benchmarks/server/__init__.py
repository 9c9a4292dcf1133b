"""The server under load and under requests that nobody would send by hand."""
