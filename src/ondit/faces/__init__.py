"""The doors: the only code that brings pipeline, case and telling together."""
