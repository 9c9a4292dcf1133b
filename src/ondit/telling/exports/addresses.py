"""Addresses on the web as reports give them: taken for one only if they can be nothing else."""

from __future__ import annotations

import re

_WEB = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#][!#$%&()*+,./:;=?@_~A-Za-z0-9-]*)?")


def web_address(url: str | None) -> str | None:
    """The address, if it is http or https and made of what addresses are made of; else None.

    >>> web_address("https://tide.example/fire?id=1"), web_address("javascript:alert(1)"), web_address(None)
    ('https://tide.example/fire?id=1', None, None)
    """
    return url if url is not None and _WEB.fullmatch(url) else None
