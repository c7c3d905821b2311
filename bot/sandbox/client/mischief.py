"""The faults that a person can arm from the page, each with what it shows."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.sandbox.core import Core
from bot.sandbox.delivery import Kind, Parcel
from bot.sandbox.faults import Fault
from bot.sandbox.json_value import Json

SLOW = 4.0
"""Seconds; longer than a person expects, shorter than a client gives up."""


@dataclass(frozen=True, slots=True)
class Mischief:
    """One fault: what its button says, what then happens, how it is done, and whether there is anything to do it to."""

    label: str
    effect: str
    commit: Callable[[Core], Awaitable[None]]
    possible: Callable[[Core], bool] = lambda _core: True


def _arming(fault: Fault) -> Callable[[Core], Awaitable[None]]:
    async def arm(core: Core) -> None:
        core.faults.add(replace(fault))  # its count goes down as it strikes

    return arm


async def _late(core: Core) -> None:
    core.postman.late += 1


async def _revoke(core: Core) -> None:
    core.app.revoked.add(core.app.bot_token)


async def _restore(core: Core) -> None:
    core.app.revoked.discard(core.app.bot_token)


async def _redeliver(core: Core) -> None:
    last = next(d for d in reversed(core.postman.deliveries) if "event" in d.payload)
    await core.postman.deliver(Parcel(Kind.EVENT, last.payload, last.attempt + 1, "http_timeout"))


async def _reconnect(core: Core) -> None:
    await core.sockets.disconnect()


def _revoked(core: Core) -> bool:
    return core.app.bot_token in core.app.revoked


MISCHIEF = {
    "late_ack": Mischief(
        "Late Acknowledgement",
        "The next acknowledgement counts as later than 3 seconds. Slack tells the person that it failed; the app "
        "may have done its work all the same. An event is delivered again.",
        _late,
    ),
    "slow": Mischief(
        "Slow Slack", "The next call of the Web API is answered 4 seconds late.", _arming(Fault("*", delay=SLOW))
    ),
    "rate_limit": Mischief(
        "Rate Limit (429)",
        "The next call of the Web API is refused with Retry-After: 2.",
        _arming(Fault("*", "ratelimited", retry_after=2)),
    ),
    "broken": Mischief(
        "Slack Is Down (500)", "The next call of the Web API fails with 500.", _arming(Fault("*", status=500))
    ),
    "lost_response": Mischief(
        "Lost Response URL",
        "The next answer by a response_url finds it expired.",
        _arming(Fault("response_url", "expired_url")),
    ),
    "expired_trigger": Mischief(
        "Expired Trigger",
        "The next modal comes too late to be opened.",
        _arming(Fault("views.open", "expired_trigger_id")),
    ),
    "retry": Mischief(
        "Deliver Again",
        "The last event (a message, a mention, Home opened) is delivered once more, as Slack does after a timeout.",
        _redeliver,
        lambda core: any("event" in delivery.payload for delivery in core.postman.deliveries),
    ),
    "lost_token": Mischief(
        "Revoke the Token",
        "Every call of the Web API is refused until it is given back.",
        _revoke,
        lambda core: not _revoked(core),
    ),
    "token_back": Mischief("Give the Token Back", "Calls are answered again.", _restore, _revoked),
    "disconnect": Mischief(
        "Disconnect the Sockets",
        "Slack asks the app to reconnect, as it does every few hours.",
        _reconnect,
        lambda core: bool(core.sockets.live),
    ),
}


def offered(core: Core) -> list[Json]:
    """The faults that can be armed now."""
    return [
        {"key": key, "label": one.label, "effect": one.effect} for key, one in MISCHIEF.items() if one.possible(core)
    ]


def armed(core: Core) -> list[str]:
    """What is still to come, in words."""
    told = [_told(fault) for fault in core.faults.armed]
    return [*told, *["the next acknowledgement counts as late"] * core.postman.late] + (
        ["the token is revoked"] if _revoked(core) else []
    )


def _told(fault: Fault) -> str:
    what = "any call of the Web API" if fault.method == "*" else fault.method
    if fault.delay:
        return f"{what} takes {fault.delay:g} seconds"
    return f"{what} fails: {fault.status or fault.error}"
