"""Where a host may be reached: its public addresses, never this machine's or its network's.

A host name in, `Address`es out; each was checked, and it is these that are connected to, so a name that
changes between the check and the connection (DNS rebinding) changes nothing. Who may be reached is a
function that is handed in (`public`), so that tests can allow their own server by name and nothing else
can.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple

Resolve = Callable[[str, int], Sequence[str]]
"""The addresses of a host, as text."""

Allowed = Callable[[str], bool]
"""Whether an address may be connected to."""

_CARRIED = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))
"""IPv6 networks whose addresses carry an IPv4 address, perhaps a private one (NAT64, 6to4, Teredo)."""


class Address(NamedTuple):
    """An address that may be connected to."""

    ip: str
    port: int


class ForbiddenError(Exception):
    """Why a host is not reached."""


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host, asked of the system."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise ForbiddenError(
            f"the host {host} is not known ({getattr(error, 'strerror', None) or error})"
        ) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def public(ip: str) -> bool:
    """Whether an address is one of the public Internet's hosts.

    >>> [public(ip) for ip in ("93.184.216.34", "10.1.2.3", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    try:
        found: IPv4Address | IPv6Address = ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in network for network in _CARRIED):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def reachable(host: str, port: int, resolve: Resolve = resolved, allowed: Allowed = public) -> list[Address]:
    """The addresses of a host; `ForbiddenError` if one of them is not allowed: half a public host is none."""
    found = resolve(host, port)
    if not found:
        raise ForbiddenError(f"the host {host} has no address")
    inside = [ip for ip in found if not allowed(ip)]
    if inside:
        raise ForbiddenError(f"{host} is {inside[0]}, an address of this machine or its network, or of none")
    return [Address(ip, port) for ip in found]
