"""Intake: bytes of any kind in, `Document`s (text, blocks, credits, metadata) or `Problem`s out."""

from __future__ import annotations

from ondit.intake.door import load, take

__all__ = ["load", "take"]
