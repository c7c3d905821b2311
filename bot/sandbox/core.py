"""The parts of one sandbox, put together."""

from dataclasses import dataclass, field

from bot.sandbox.app import App
from bot.sandbox.changes import Changes
from bot.sandbox.clock import Clock, Timetable
from bot.sandbox.delivery.postman import Postman
from bot.sandbox.delivery.socket_mode import SocketMode
from bot.sandbox.faults import Faults
from bot.sandbox.files import Upload
from bot.sandbox.ids import Ids
from bot.sandbox.people import Team
from bot.sandbox.record import Record
from bot.sandbox.sign_ins import SignIns
from bot.sandbox.state import Workspace
from bot.sandbox.tickets import Tickets


@dataclass(slots=True)
class Core:
    """What the Web API and the person's acts work on. `base_url` is known once the server listens."""

    app: App
    clock: Clock
    ids: Ids
    changes: Changes
    record: Record
    faults: Faults
    timetable: Timetable
    workspace: Workspace
    tickets: Tickets
    sockets: SocketMode
    postman: Postman
    base_url: str = ""
    sign_ins: SignIns = field(default_factory=SignIns)
    uploads: dict[str, Upload] = field(default_factory=dict[str, Upload])


def build(app: App, team: Team, clock: Clock, deadline: float) -> Core:
    """A sandbox with nobody in it but the app."""
    ids, changes = Ids(clock), Changes()
    record, timetable = Record(changes), Timetable(clock)
    sockets = SocketMode(app, ids, changes)
    return Core(
        app=app,
        clock=clock,
        ids=ids,
        changes=changes,
        record=record,
        faults=Faults(),
        timetable=timetable,
        workspace=Workspace(app, team, ids, changes),
        tickets=Tickets(clock, ids),
        sockets=sockets,
        postman=Postman(sockets, clock, timetable, record, deadline),
    )
