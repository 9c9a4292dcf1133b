"""The faults of callers. Faults of the data are `Problem` records and lose nothing else.

OnditError
├── InputError        what was named cannot be read at all (no such file, not a case file)
├── WeightsError      weights are missing or are not the ones the manifest names
├── CaseError         the case file is locked, damaged or of a later version
└── UnknownIdError    no claim, agent, report or story has this id
"""

from __future__ import annotations


class OnditError(Exception):
    """Every error that Ondit raises on purpose; the message says what to do."""


class InputError(OnditError):
    """What was named cannot be read at all."""


class WeightsError(OnditError):
    """Weights are missing or are not the ones the manifest names."""


class CaseError(OnditError):
    """The case file is locked, damaged or of a later version."""


class UnknownIdError(OnditError):
    """No claim, agent, report or story has this id."""
