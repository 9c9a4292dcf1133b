"""Where the steps run: a process pool, a cluster. Never what they do."""
