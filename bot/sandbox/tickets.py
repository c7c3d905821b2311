"""Short-lived rights that payloads hand to the app: trigger ids and response URLs."""

from dataclasses import dataclass, field

from bot.sandbox.clock import Clock
from bot.sandbox.errors import SlackRefusal
from bot.sandbox.ids import Ids

TRIGGER_SECONDS = 3
"""How long a trigger_id opens a view (reference/methods/views.open)."""
RESPONSE_SECONDS = 30 * 60
RESPONSE_USES = 5
"""A response_url's life (interactivity/handling-user-interaction)."""


@dataclass(slots=True)
class Trigger:
    """The right to open one view before a person; `view_id` is the view it came from, for views.push."""

    user: str
    made: float
    view_id: str | None = None
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """The right to answer where the person was. `message_ts` is the message it came from, None after a command."""

    id: str
    user: str
    channel: str
    made: float
    message_ts: str | None = None
    from_message: bool = False
    uses: int = 0


@dataclass(slots=True)
class Tickets:
    """All that were handed out."""

    clock: Clock
    ids: Ids
    base_url: str = ""
    triggers: dict[str, Trigger] = field(default_factory=dict[str, Trigger])
    responses: dict[str, ResponseUrl] = field(default_factory=dict[str, ResponseUrl])

    def trigger(self, user: str, view_id: str | None = None) -> str:
        """A new trigger_id."""
        trigger_id = self.ids.trigger()
        self.triggers[trigger_id] = Trigger(user, self.clock(), view_id)
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Use a trigger. Raises invalid_trigger_id, exchanged_trigger_id, expired_trigger_id."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise SlackRefusal("invalid_trigger_id")
        if trigger.used:
            raise SlackRefusal("exchanged_trigger_id")
        if self.clock() - trigger.made > TRIGGER_SECONDS:
            raise SlackRefusal("expired_trigger_id")
        trigger.used = True
        return trigger

    def expire_triggers(self) -> None:
        """Make every trigger too old."""
        for trigger in self.triggers.values():
            trigger.made = float("-inf")

    def response_url(
        self, user: str, channel: str, message_ts: str | None = None, *, from_message: bool = False
    ) -> str:
        """A new response_url."""
        ticket = ResponseUrl(self.ids.new("R"), user, channel, self.clock(), message_ts, from_message)
        self.responses[ticket.id] = ticket
        return f"{self.base_url}/response/{ticket.id}"

    def respond(self, ticket_id: str) -> ResponseUrl:
        """Use a response_url once. Raises no_active_hooks, expired_url, used_url (these three words: assumed)."""
        ticket = self.responses.get(ticket_id)
        if ticket is None:
            raise SlackRefusal("no_active_hooks")
        if self.clock() - ticket.made > RESPONSE_SECONDS:
            raise SlackRefusal("expired_url")
        if ticket.uses >= RESPONSE_USES:
            raise SlackRefusal("used_url")
        ticket.uses += 1
        return ticket
