"""Packed answers, unpacked no further than there is room for: a bomb costs what a page costs. Pure."""

import zlib

from sources.errors import Unreadable

ACCEPTED = "gzip, deflate"
"""What is asked for; brotli and zstd can't be unpacked with the standard library."""
_WITH_HEADER, _BARE = 32 + zlib.MAX_WBITS, -zlib.MAX_WBITS
_PLAIN = ("", "identity")
_PACKED = ("gzip", "x-gzip", "deflate")


class Inflater:
    """Unpacks an answer piece by piece. Raises Unreadable for an encoding nobody asked for, and for damage."""

    def __init__(self, encoding: str) -> None:
        self._name = encoding.strip().lower()
        if self._name not in (*_PLAIN, *_PACKED):
            raise Unreadable(f"The server packed its answer as {encoding[:40]!r}, which was not asked for.")
        self._unpacker = None if self._name in _PLAIN else zlib.decompressobj(_WITH_HEADER)
        self._begun = False

    def feed(self, packed: bytes, room: int) -> bytes:
        """What `packed` adds, cut off at `room` bytes; whoever gets `room` bytes stops asking."""
        if self._unpacker is None:
            return packed[:room]
        found = bytearray()
        while packed and len(found) < room:
            found += self._unpack(packed, room - len(found))
            packed = self._unpacker.unconsumed_tail or self._next_member()
        return bytes(found)

    def check_finished(self) -> None:
        """Raises Unreadable when the packed answer broke off."""
        if self._unpacker is not None and self._begun and not self._unpacker.eof:
            raise Unreadable("The server's packed answer broke off.")

    def _unpack(self, packed: bytes, room: int) -> bytes:
        assert self._unpacker is not None
        try:
            found = self._unpacker.decompress(packed, room)
        except zlib.error as error:
            if self._begun or self._name != "deflate":
                raise Unreadable("The server's packed answer is damaged.") from error
            self._unpacker = zlib.decompressobj(_BARE)  # some servers leave deflate's header out
            self._begun = True
            return self._unpack(packed, room)
        self._begun = True
        return found

    def _next_member(self) -> bytes:
        """A gzip file may be several, one after the other; what follows the last one, such as padding, is no data."""
        assert self._unpacker is not None
        rest = self._unpacker.unused_data
        if not (self._unpacker.eof and rest.startswith(b"\x1f\x8b")):
            return b""
        self._unpacker = zlib.decompressobj(_WITH_HEADER)
        return rest


def gunzip(packed: bytes, most: int) -> bytes:
    """The contents of a gzip file. Raises Unreadable for more than `most` bytes of them, and for damage."""
    inflater = Inflater("gzip")
    found = inflater.feed(packed, most + 1)
    if len(found) > most:
        raise Unreadable(f"The packed file holds more than {most >> 20:,} MiB.")
    inflater.check_finished()
    return found
