"""Pins, as far as Slack calls them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.asking.cards import PassageRef
from bot.keeping.diff import Piece
from bot.pinning import ExportForm, PinPage, PinView
from bot.roles import Person
from bot.store.pins import Notice, PinChange, PinFilter


class Exporting(Protocol):
    """Files of pins; `bot.pinning.PinFiles` implements it, and raises as it does."""

    async def export(
        self,
        person: Person,
        wanted: PinFilter,
        form: ExportForm,
        *,
        question: str = "",
        readers: Sequence[Person] = (),
    ) -> bytes:
        """All pins that are wanted, as a file."""
        ...


class Pinning(Protocol):
    """What people do with pins; `bot.pinning.PinDesk` implements it, and raises as it does."""

    async def pin(
        self,
        person: Person,
        ref: PassageRef,
        *,
        note: str = "",
        tags: Sequence[str] = (),
        story: str | None = None,
        expires: datetime | None = None,
    ) -> PinView:
        """Pin these words."""
        ...

    async def twins(self, person: Person, ref: PassageRef) -> tuple[PinView, ...]:
        """Pins of these very words that were not taken down."""
        ...

    async def slice_of(self, person: Person, ref: PassageRef, text: str) -> PassageRef:
        """Where `text` stands, letter for letter, in the passage or next to it."""
        ...

    async def recut(self, person: Person, pin_id: str, ref: PassageRef) -> PinView:
        """Other words of the same place."""
        ...

    async def edit(
        self,
        person: Person,
        pin_id: str,
        *,
        note: str | None = None,
        tags: Sequence[str] | None = None,
        story: str | None = None,
    ) -> PinView:
        """Set what is given."""
        ...

    async def verify(self, person: Person, pin_id: str) -> PinView:
        """Vouch for it."""
        ...

    async def expire(self, person: Person, pin_id: str, at: datetime | None) -> PinView:
        """Set when it is no longer to be used."""
        ...

    async def hand_over(self, person: Person, pin_id: str, to: str) -> PinView:
        """Make somebody else its owner."""
        ...

    async def unpin(self, person: Person, pin_id: str) -> PinView:
        """Take it down."""
        ...

    async def undo(self, person: Person, pin_id: str) -> PinView:
        """Put it up again."""
        ...

    async def confirm(self, person: Person, pin_id: str) -> PinView:
        """Say that the words that are asked about are the pin's."""
        ...

    async def show(self, person: Person, pin_id: str) -> PinView:
        """One pin."""
        ...

    async def list(
        self,
        person: Person,
        wanted: PinFilter = ...,
        *,
        question: str = "",
        limit: int = 20,
        cursor: str | None = None,
    ) -> PinPage:
        """The pins that are wanted and that this person may see, the newest first."""
        ...

    async def history(self, person: Person, pin_id: str) -> Sequence[PinChange]:
        """All that was done to it, in order."""
        ...

    async def stories(self, person: Person) -> Sequence[str]:
        """The stories of this person's readable pins."""
        ...

    async def matching(self, person: Person, question: str, *, limit: int = 3) -> tuple[PinView, ...]:
        """Active pins that have all that was asked for."""
        ...

    async def told(self, person: Person, notice: Notice) -> tuple[tuple[Piece, str], ...]:
        """What changed, for the one who is told."""
        ...
