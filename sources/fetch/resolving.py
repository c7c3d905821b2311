"""The system's own way from names to addresses."""

import asyncio
import socket
from collections.abc import Sequence


async def resolve(host: str, port: int) -> Sequence[str]:
    """The numeric addresses of `host`, in the system's order. Raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
