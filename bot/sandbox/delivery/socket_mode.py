"""Delivery by Socket Mode (apis/events-api/using-socket-mode)."""

import asyncio
import itertools
import json
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.sandbox.app import App
from bot.sandbox.changes import Changes
from bot.sandbox.delivery.port import Ack, Kind, Parcel, Unreachable
from bot.sandbox.ids import Ids
from bot.sandbox.json_value import Json, as_object

MOST_CONNECTIONS = 10


@dataclass(slots=True, eq=False)
class Connection:
    """One open socket. A `retiring` one has been told to go and gets nothing more."""

    socket: web.WebSocketResponse
    retiring: bool = False
    delivered: int = 0


@dataclass(slots=True)
class SocketMode:
    """The sockets that apps have opened. What is delivered goes to one of them, in turn."""

    app: App
    ids: Ids
    changes: Changes
    connections: list[Connection] = field(default_factory=list[Connection])
    late_acks: list[str] = field(default_factory=list[str])
    _tickets: set[str] = field(default_factory=set[str])
    _waiting: dict[str, asyncio.Future[Ack]] = field(default_factory=dict[str, "asyncio.Future[Ack]"])
    _turn: "itertools.count[int]" = field(default_factory=itertools.count)

    def ticket(self) -> str:
        """A right to connect once."""
        ticket = self.ids.new("ticket-")
        self._tickets.add(ticket)
        return ticket

    @property
    def live(self) -> list[Connection]:
        """Connections that may be given something."""
        return [c for c in self.connections if not c.retiring and not c.socket.closed]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One socket's whole life."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=404)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(socket)
        if len(self.live) >= MOST_CONNECTIONS:
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        self.connections.append(connection)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.live),
                "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
                "connection_info": {"app_id": self.app.app_id},
            }
        )
        self.changes.notify()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(message.data)
        finally:
            self.connections.remove(connection)
            self.changes.notify()
        return socket

    def _acknowledged(self, data: str) -> None:
        answer = as_object(json.loads(data)) or {}
        envelope_id = str(answer.get("envelope_id", ""))
        waiting = self._waiting.get(envelope_id)
        if waiting is None or waiting.done():
            self.late_acks.append(envelope_id)
            self.changes.notify()
        else:
            waiting.set_result(Ack(200, answer.get("payload")))

    async def send(self, parcel: Parcel) -> Ack:
        """Deliver to one connection and wait for its acknowledgement."""
        live = self.live
        if not live:
            raise Unreachable("no app is connected by Socket Mode")
        connection = live[next(self._turn) % len(live)]
        envelope_id = self.ids.new("envelope-")
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": parcel.kind.value,
            "accepts_response_payload": parcel.kind is not Kind.EVENT,
            "payload": parcel.payload,
        }
        if parcel.kind is Kind.EVENT:
            envelope |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason or ""}
        self._waiting[envelope_id] = asyncio.get_running_loop().create_future()
        try:
            await connection.socket.send_json(envelope)
            connection.delivered += 1
            return await self._waiting[envelope_id]
        except ConnectionError as error:
            raise Unreachable(f"the socket broke: {error}") from error
        finally:
            del self._waiting[envelope_id]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to reconnect, as Slack does every few hours."""
        for connection in self.live:
            connection.retiring = True
            await connection.socket.send_json(_disconnect(reason))

    async def close(self) -> None:
        """Close every socket without a word."""
        for connection in list(self.connections):
            await connection.socket.close()


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
