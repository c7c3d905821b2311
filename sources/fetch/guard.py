"""Where no request ever goes: private, loopback, link-local, multicast and reserved addresses, in any disguise.

A name is judged by the addresses that the connection is then made to, so a name that resolves to another address the
second time gains nothing; an address written in place of a name is judged before anything is asked.
"""

import socket
from collections.abc import Awaitable, Callable, Collection, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

from sources.errors import Unreadable

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The numeric addresses of a host name. Raises OSError where there are none."""

DEFAULT_PORTS = {"http": 80, "https": 443}
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""NAT64: the IPv4 address stands in the last four bytes."""


class PrivateAddressError(OSError):
    """The name leads to an address that is not of the public internet."""


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public internet; one that holds an IPv4 address is judged by that.

    >>> [is_public(address) for address in ("93.184.215.14", "169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False]
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = _inner(found)
        if inner is None:
            return found in _GLOBAL_UNICAST and found.is_global and not found.teredo
        found = inner
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address in _TRANSLATED:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour


class Guard:
    """Knows the hosts that the operator allows in spite of their addresses, as `host` or `host:port`; IPv6 addresses in
    brackets.
    """

    def __init__(self, allowed: Collection[str] = ()) -> None:
        self._allowed = frozenset(host.lower() for host in allowed)

    def check(self, url: str) -> SplitResult:
        """The parts of an address that may be asked. Raises Unreadable with the reason why another may not."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise Unreadable(f"{url[:200]} is not a web address.") from error
        if parts.scheme not in DEFAULT_PORTS or not host:
            raise Unreadable(f"{url[:200]} is not an http or https address.")
        if parts.username is not None or parts.password is not None:
            raise Unreadable(f"The address at {host} holds a name or a password, and such addresses are not read.")
        if not self.allows(host, port or DEFAULT_PORTS[parts.scheme]) and _is_private_literal(host):
            raise Unreadable(private(host))
        return parts

    def allows(self, host: str, port: int) -> bool:
        """Whether the operator allows this host, whatever its address."""
        name = f"[{host}]" if ":" in host else host.lower()
        return not self._allowed.isdisjoint({name, f"{name}:{port}"})


def private(host: str) -> str:
    """The sentence for a host that is not of the public internet."""
    return (
        f"{host} is not an address of the public internet, and such places are read only where the operator allows it."
    )


def _is_private_literal(host: str) -> bool:
    """Short, octal, hexadecimal and decimal notations count as the addresses that they are."""
    try:
        return not is_public(host)
    except ValueError:
        pass
    try:
        return not is_public(socket.inet_ntoa(socket.inet_aton(host)))
    except (OSError, UnicodeEncodeError):
        return False


class GuardedResolver(AbstractResolver):
    """Names to addresses for aiohttp, which connects to nothing else. Raises PrivateAddressError."""

    def __init__(self, guard: Guard, resolve: Resolve) -> None:
        self._guard = guard
        self._resolve = resolve

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """All addresses of the name; one that is not public spoils it."""
        found = await self._resolve(host, port)
        if not self._guard.allows(host, port) and not all(map(is_public, found)):
            raise PrivateAddressError(private(host))
        kinds = [(address, socket.AF_INET6 if ":" in address else socket.AF_INET) for address in found]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=kind,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address, kind in kinds
            if family in (socket.AF_UNSPEC, kind)
        ]

    async def close(self) -> None:
        """Nothing is held open."""
