"""views.open, push, update and publish."""

import json
from dataclasses import replace

from bot.sandbox.blocks import with_ids
from bot.sandbox.core import Core
from bot.sandbox.errors import SlackRefusal
from bot.sandbox.form import initial_values, kept_values
from bot.sandbox.json_value import Json, as_object
from bot.sandbox.validate import view_problems
from bot.sandbox.views import View
from bot.sandbox.web_api.method import Arguments, Method

DEEPEST = 3
"""Views in one stack (surfaces/modals)."""
LARGEST = 250_000
"""Bytes of one view (reference/methods/views.open, view_too_large)."""


def open_(core: Core, arguments: Arguments) -> Json:
    """A modal before the person whose trigger it is; one that is already open gives way (assumed)."""
    source = _source(core, arguments, "modal")
    trigger = core.tickets.exchange(arguments.need("trigger_id"))
    _check_external_id(core, source, None)
    core.workspace.modals[trigger.user].clear()
    return _answer(core, stack(core, trigger.user, source))


def push(core: Core, arguments: Arguments) -> Json:
    """A modal on top of the one that the trigger came from."""
    source = _source(core, arguments, "modal")
    trigger = core.tickets.exchange(arguments.need("trigger_id"))
    open_views = core.workspace.modals[trigger.user]
    if trigger.view_id is None or all(view.id != trigger.view_id for view in open_views):
        raise SlackRefusal("invalid_trigger_id")
    _check_external_id(core, source, None)
    return _answer(core, stack(core, trigger.user, source))


def update(core: Core, arguments: Arguments) -> Json:
    """An open modal, changed; what is filled in stays where block_id and action_id stay."""
    view = _open_view(core, arguments)
    source = _source(core, arguments, view.type)
    _check_hash(arguments, view)
    _check_external_id(core, source, view.id)
    return _answer(core, changed(core, view, source))


def publish(core: Core, arguments: Arguments) -> Json:
    """A person's home tab."""
    user = core.workspace.users.get(arguments.need("user_id"))
    if user is None or user.bot:
        raise SlackRefusal("invalid_arguments", messages=["[ERROR] invalid user_id"])
    source = _source(core, arguments, "home")
    view = core.workspace.homes.get(user.id)
    if view is not None:
        _check_hash(arguments, view)
        return _answer(core, changed(core, view, source))
    view_id = core.ids.new("V")
    return _answer(core, core.workspace.put_view(_new(core, view_id, user.id, source, view_id, None)))


def checked_source(core: Core, given: object, kind: str | None = None) -> Json:
    """A view fit to be shown, its blocks with ids. Raises invalid_arguments, view_too_large."""
    source = as_object(given)
    if source is None:
        raise SlackRefusal("invalid_arguments", messages=["[ERROR] missing required field: view"])
    if len(json.dumps(source).encode()) > LARGEST:
        raise SlackRefusal("view_too_large")
    problems = [str(problem) for problem in view_problems(source)]
    if kind is not None and not problems and source["type"] != kind:
        problems = [f"must be a {kind} view [json-pointer:/view/type]"]
    if problems:
        raise SlackRefusal("invalid_arguments", messages=[f"[ERROR] {problem}" for problem in problems])
    return {**source, "blocks": list(with_ids(source["blocks"], core.ids))}


def stack(core: Core, user: str, source: Json) -> View:
    """Put a view on top of a person's modals. Raises push_limit_reached."""
    views = core.workspace.modals[user]
    if len(views) >= DEEPEST:
        raise SlackRefusal("push_limit_reached")
    view_id = core.ids.new("V")
    root = views[0].root_id if views else view_id
    view = _new(core, view_id, user, source, root, views[-1].id if views else None)
    views.append(view)
    core.changes.notify()
    return view


def changed(core: Core, view: View, source: Json) -> View:
    """Put a new version in the view's place."""
    values = kept_values(view.values, source["blocks"])
    return core.workspace.put_view(replace(view, source=source, hash=core.ids.hash(), values=values))


def _new(core: Core, view_id: str, user: str, source: Json, root: str, previous: str | None) -> View:
    return View(view_id, user, source, core.ids.hash(), root, previous, initial_values(source["blocks"]))


def _source(core: Core, arguments: Arguments, kind: str) -> Json:
    return checked_source(core, arguments.structure("view", "invalid_arguments"), kind)


def _open_view(core: Core, arguments: Arguments) -> View:
    view_id, external_id = arguments.optional("view_id"), arguments.optional("external_id")
    if view_id is not None:
        return core.workspace.view(view_id)
    for views in core.workspace.modals.values():
        for view in views:
            if external_id and view.source.get("external_id") == external_id:
                return view
    raise SlackRefusal("not_found")


def _check_hash(arguments: Arguments, view: View) -> None:
    given = arguments.optional("hash")
    if given is not None and given != view.hash:
        raise SlackRefusal("hash_conflict")


def _check_external_id(core: Core, source: Json, own_id: str | None) -> None:
    external_id = source.get("external_id")
    taken = (view for views in core.workspace.modals.values() for view in views if view.id != own_id)
    if external_id and any(view.source.get("external_id") == external_id for view in taken):
        raise SlackRefusal("duplicate_external_id")


def _answer(core: Core, view: View) -> Json:
    return {"view": view.to_json(core.app, core.workspace.team.id)}


METHODS = {
    "views.open": Method(open_),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
