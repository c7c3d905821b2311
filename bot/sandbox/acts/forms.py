"""Modals: filling in, submitting, closing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.acts.pressing import Pressing
from bot.sandbox.acts.stage import Who
from bot.sandbox.blocks import Element
from bot.sandbox.delivery import Delivery, Kind
from bot.sandbox.delivery.notices import TROUBLE
from bot.sandbox.errors import PersonError, SlackRefusal
from bot.sandbox.form import STATE_FIELD, filled, inputs, mistakes
from bot.sandbox.json_value import Json, as_object
from bot.sandbox.views import View
from bot.sandbox.web_api.views import changed, checked_source, stack


class Forms(Pressing):
    """What a person does with a modal. All acts are on the view on top."""

    def fill(self, who: Who, what: str, value: Any) -> View:
        """Fill in the input with this action_id, block_id or label: text, an option's value or words, an id, a date.

        An external select takes one of the options that `suggest` gave.
        """
        view = self._top(who)
        found = _input(view, what)
        return self._keep(view, found, filled(found, value))

    async def submit_view(self, who: Who, values: Mapping[str, Any] | None = None) -> Delivery:
        """Fill in what is given and press submit. A form that the client finds wrong is not sent: see `errors`."""
        for what, value in (values or {}).items():
            self.fill(who, what, value)
        view = self._top(who)
        if not view.source.get("submit"):
            raise PersonError("this view has no submit button")
        wrong = mistakes(view.blocks, view.values)
        if wrong:
            return Delivery({}, sent=False, errors=wrong)
        payload: Json = {
            **payloads.interaction(self._core, "view_submission", view.user, view_id=view.id),
            "view": view.to_json(self._core.app, self._core.workspace.team.id),
            "response_urls": self._response_urls(view),
        }
        delivery = await self._deliver(Kind.INTERACTIVE, payload)
        return delivery if delivery.notice else self._after_submission(delivery, view)

    def _after_submission(self, delivery: Delivery, view: View) -> Delivery:
        """What the acknowledgement's `response_action` asks for (surfaces/modals); nothing asked closes the view."""
        body = as_object(delivery.body) or {}
        action = body.get("response_action")
        if action == "errors":
            return self._show_errors(delivery, view, as_object(body.get("errors")) or {})
        acts = {
            None: lambda: self._close(view),
            "clear": self._core.workspace.modals[view.user].clear,
            "update": lambda: changed(self._core, self._core.workspace.view(view.id), self._next(body)),
            "push": lambda: stack(self._core, view.user, self._next(body)),
        }
        if action not in acts:
            return replace(delivery, notice=TROUBLE)
        error = self._take("acknowledgement of view_submission", body, acts[action])
        self._core.changes.notify()
        return delivery if error is None else replace(delivery, notice=TROUBLE)

    def _next(self, body: Json) -> Json:
        return checked_source(self._core, body.get("view"), "modal")

    def _show_errors(self, delivery: Delivery, view: View, errors: Json) -> Delivery:
        """Errors stand under input blocks; for any other block_id Slack shows a failure."""
        known = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        strangers = sorted(set(errors) - known)
        if strangers or not errors:
            what = f"errors for blocks that are no inputs: {strangers}" if strangers else "no errors given"
            self._take("acknowledgement of view_submission", errors, lambda: _refuse(what))
            return replace(delivery, notice=TROUBLE)
        return replace(delivery, errors={str(block_id): str(text) for block_id, text in errors.items()})

    async def close_view(self, who: Who, *, all_views: bool = False) -> Delivery:
        """Close the view on top, or the whole stack. The app hears of it only where it asked to (`notify_on_close`)."""
        view = self._top(who)
        if all_views:
            self._core.workspace.modals[view.user].clear()
        else:
            self._close(view)
        self._core.changes.notify()
        if not view.source.get("notify_on_close"):
            return Delivery({}, sent=False)
        payload: Json = {
            **payloads.interaction(self._core, "view_closed", view.user),
            "view": view.to_json(self._core.app, self._core.workspace.team.id),
            "is_cleared": all_views,
        }
        del payload["trigger_id"]
        return await self._deliver(Kind.INTERACTIVE, payload)

    def _close(self, view: View) -> None:
        """Take the view away; one with `clear_on_close` takes the whole stack with it."""
        views = self._core.workspace.modals[view.user]
        if view.source.get("clear_on_close"):
            views.clear()
        else:
            views[:] = [other for other in views if other.id != view.id]

    def _top(self, who: Who) -> View:
        user = self._user(who)
        views = self._core.workspace.modals[user.id]
        if not views:
            raise PersonError(f"{user.name} has no view open")
        return views[-1]

    def _response_urls(self, view: View) -> list[Json]:
        """A URL for each filled select that asks for one."""
        found: list[Json] = []
        for element in inputs(view.blocks):
            value = view.values[element.block_id][element.action_id][STATE_FIELD[element.type]]
            if element.json.get("response_url_enabled") and value:
                url = self._core.tickets.response_url(view.user, value)
                place = {"block_id": element.block_id, "action_id": element.action_id, "channel_id": value}
                found.append({**place, "response_url": url})
        return found


def _input(view: View, what: str) -> Element:
    labels = {str(b["block_id"]): str(b["label"]["text"]) for b in view.blocks if b["type"] == "input"}
    fits = [e for e in inputs(view.blocks) if what in (e.action_id, e.block_id, labels.get(e.block_id))]
    if len(fits) != 1:
        raise PersonError(f"{len(fits)} inputs fit {what!r}; there are: {[e.action_id for e in inputs(view.blocks)]}")
    return fits[0]


def _refuse(what: str) -> None:
    raise SlackRefusal("invalid_errors", messages=[what])
