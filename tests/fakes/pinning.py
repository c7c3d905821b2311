"""A desk without pins: there is nothing to list, and nothing can be done."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.asking.cards import PassageRef
from bot.errors import NotAllowed
from bot.keeping.diff import Piece
from bot.pinning import ExportForm, PinPage, PinView
from bot.roles import Person
from bot.store.pins import Label, Notice, PinChange, PinFilter

REFUSED = "Nothing can be pinned here."


class NoPins:
    """See above."""

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
        raise NotAllowed(REFUSED)

    async def labels(self, workspace_id: str, sources: Collection[str]) -> Sequence[Label]:
        return ()

    async def twins(self, person: Person, ref: PassageRef) -> tuple[PinView, ...]:
        return ()

    async def slice_of(self, person: Person, ref: PassageRef, text: str) -> PassageRef:
        return ref

    async def recut(self, person: Person, pin_id: str, ref: PassageRef) -> PinView:
        raise NotAllowed(REFUSED)

    async def edit(
        self,
        person: Person,
        pin_id: str,
        *,
        note: str | None = None,
        tags: Sequence[str] | None = None,
        story: str | None = None,
    ) -> PinView:
        raise NotAllowed(REFUSED)

    async def verify(self, person: Person, pin_id: str) -> PinView:
        raise NotAllowed(REFUSED)

    async def expire(self, person: Person, pin_id: str, at: datetime | None) -> PinView:
        raise NotAllowed(REFUSED)

    async def hand_over(self, person: Person, pin_id: str, to: str) -> PinView:
        raise NotAllowed(REFUSED)

    async def unpin(self, person: Person, pin_id: str) -> PinView:
        raise NotAllowed(REFUSED)

    async def undo(self, person: Person, pin_id: str) -> PinView:
        raise NotAllowed(REFUSED)

    async def confirm(self, person: Person, pin_id: str) -> PinView:
        raise NotAllowed(REFUSED)

    async def show(self, person: Person, pin_id: str) -> PinView:
        raise NotAllowed(REFUSED)

    async def stories(self, person: Person) -> Sequence[str]:
        return ()

    async def matching(self, person: Person, question: str, *, limit: int = 3) -> tuple[PinView, ...]:
        return ()

    async def told(self, person: Person, notice: Notice) -> tuple[tuple[Piece, str], ...]:
        raise NotAllowed(REFUSED)

    async def list(
        self,
        person: Person,
        wanted: PinFilter | None = None,
        *,
        question: str = "",
        limit: int = 20,
        cursor: str | None = None,
    ) -> PinPage:
        return PinPage((), 0)

    async def history(self, person: Person, pin_id: str) -> Sequence[PinChange]:
        raise NotAllowed(REFUSED)

    async def export(
        self,
        person: Person,
        wanted: PinFilter,
        form: ExportForm,
        *,
        question: str = "",
        readers: Sequence[Person] = (),
    ) -> bytes:
        raise NotAllowed(REFUSED)
