"""Using what is in messages and views: buttons, menus, typed suggestions."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.acts.stage import Stage, Who
from bot.sandbox.blocks import Element, options_of
from bot.sandbox.delivery import Delivery, Kind
from bot.sandbox.delivery.notices import NOTICES
from bot.sandbox.errors import PersonError, SlackRefusal
from bot.sandbox.form import STATE_FIELD, filled, option_of
from bot.sandbox.json_value import Json, as_object
from bot.sandbox.messages import Message
from bot.sandbox.validate import option_problems
from bot.sandbox.views import View

What = str | Callable[[Element], bool]
"""An element: its action_id, the words on it, or a predicate."""


class Pressing(Stage):
    """What a person presses and chooses."""

    async def click(self, who: Who, target: Message | View, what: What, *, nth: int | None = None) -> Delivery:
        """Press a button, in the message or view as it stands now; a `confirm` dialog is answered yes.

        Where several fit, `nth` (from 0) says which. Raises PersonError when none fits, or several do.
        """
        user, target = self._user(who), self._now(target)
        element = self._element(user.id, target, what, nth)
        if element.type != "button":
            raise PersonError(f"{element.action_id!r} is a {element.type}, not a button")
        return await self._act(user.id, target, element, {"text": element.json["text"], "value": element.value})

    async def judge(
        self, who: Who, target: Message | View, what: What, *, positive: bool, nth: int | None = None
    ) -> Delivery:
        """Press a thumb of feedback buttons (reference/block-kit/block-elements/feedback-buttons-element). The shape of
        the action, which is a button's, is assumed."""
        user, target = self._user(who), self._now(target)
        element = self._element(user.id, target, what, nth)
        if element.type != "feedback_buttons":
            raise PersonError(f"{element.action_id!r} is a {element.type}: there are no thumbs")
        thumb = element.json["positive_button" if positive else "negative_button"]
        return await self._act(user.id, target, element, {"text": thumb["text"], "value": thumb["value"]})

    async def choose(
        self, who: Who, target: Message | View, what: What, chosen: Any, *, nth: int | None = None
    ) -> Delivery:
        """Choose in a menu, among boxes or in an overflow: an option (by value or words), an id, a date, or a list.

        With an external select `chosen` is one of the options that `suggest` gave.
        """
        user, target = self._user(who), self._now(target)
        element = self._element(user.id, target, what, nth)
        if element.type == "overflow":
            state: Json = {"selected_option": option_of(element, chosen)}
        elif element.type in STATE_FIELD:
            state = filled(element, chosen)
        else:
            raise PersonError(f"{element.action_id!r} is a {element.type}: nothing to choose")
        if isinstance(target, View) and element.type in STATE_FIELD:
            target = self._keep(target, element, state)
        return await self._act(user.id, target, element, state)

    async def suggest(self, who: Who, target: Message | View, what: What, typed: str) -> tuple[Json, ...]:
        """Type into an external select: the options that the app offers. Raises PersonError when it fails to."""
        user, target = self._user(who), self._now(target)
        element = self._element(user.id, target, what, None)
        if len(typed) < element.json.get("min_query_length", 3):
            return ()
        payload: Json = {
            **payloads.interaction(self._core, "block_suggestion", user.id),
            **payloads.place(self._core, target),
            "action_id": element.action_id,
            "block_id": element.block_id,
            "value": typed,
        }
        del payload["trigger_id"]
        delivery = await self._deliver(Kind.INTERACTIVE, payload)
        body = as_object(delivery.body)
        if delivery.notice or body is None:
            raise PersonError(NOTICES["block_suggestion"])
        error = self._take("options", body, lambda: _check_options(body))
        if error:
            raise PersonError(NOTICES["block_suggestion"])
        return options_of(body)

    async def _act(self, user_id: str, target: Message | View, element: Element, state: Json) -> Delivery:
        view_id = target.id if isinstance(target, View) else None
        action: Json = {
            "type": element.type,
            "action_id": element.action_id,
            "block_id": element.block_id,
            "action_ts": self._core.ids.ts(),
            **{name: value for name, value in state.items() if value is not None},
        }
        payload: Json = {
            **payloads.interaction(self._core, "block_actions", user_id, view_id=view_id),
            **payloads.place(self._core, target),
            "actions": [action],
        }
        if isinstance(target, Message):
            urls = self._core.tickets
            payload["response_url"] = urls.response_url(user_id, target.channel, target.ts, from_message=True)
        delivery = await self._deliver(Kind.INTERACTIVE, payload)
        if delivery.body:
            self._core.record.caution("block_actions", "what an acknowledgement of a button carries is ignored")
        return delivery

    def _element(self, user_id: str, target: Message | View, what: What, nth: int | None) -> Element:
        if isinstance(target, Message):
            self._check_sees(user_id, target)
        if isinstance(target, View) and target.user != user_id:
            raise PersonError("this view is open before somebody else")
        fits = _fits(what)
        found = [element for element in target.elements if fits(element)]
        if not found or (nth is None and len(found) > 1) or (nth is not None and nth >= len(found)):
            there = [f"{element.label or element.type} ({element.action_id})" for element in target.elements]
            raise PersonError(f"{len(found)} elements fit {what!r}; there are: {', '.join(there) or 'none'}")
        return found[nth or 0]

    def _now(self, target: Message | View) -> Message | View:
        """The message or view as it stands now. Raises PersonError when it is gone."""
        if isinstance(target, View):
            try:
                return self._core.workspace.view(target.id)
            except SlackRefusal as gone:
                raise PersonError("that view is closed") from gone
        message = self._core.workspace.messages[target.channel].get(target.ts)
        if message is None:
            raise PersonError("that message is gone")
        return message

    def _keep(self, view: View, element: Element, state: Json) -> View:
        """Remember what is filled in."""
        block = {**view.values.get(element.block_id, {}), element.action_id: state}
        return self._core.workspace.put_view(replace(view, values={**view.values, element.block_id: block}))


def _check_options(body: Json) -> None:
    problems = [str(problem) for problem in option_problems(body)]
    if problems:
        raise SlackRefusal("invalid_options", messages=[f"[ERROR] {problem}" for problem in problems])


def _fits(what: What) -> Callable[[Element], bool]:
    if isinstance(what, str):
        return lambda element: what in (element.action_id, element.label)
    return what
