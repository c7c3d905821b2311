"""The app is taken out of the workspace: it is noted once, nothing more is answered, and no source is touched."""

from bot.installing import SLACK
from bot.roles import operator
from tests.scenarios.newsroom import Newsroom


async def test_uninstalling_is_noted_once_and_ends_the_answers(newsroom: Newsroom) -> None:
    assert (await newsroom.ask("tide")).shown.startswith("5 passages")
    assert all(delivery.ok for delivery in await newsroom.sandbox.uninstall())
    await newsroom.quiet()
    audit = newsroom.application.store.audit
    first, *others = await audit.entries("local", 50)
    assert (first.actor, first.action, first.subject, first.detail) == (SLACK, "uninstall", "Slack", "token_revoked")
    assert [entry for entry in others if entry.action == "uninstall"] == []

    calls = len(newsroom.sandbox.wire)
    await newsroom.sandbox.command("rita", "general", "/quote", "tide")
    await newsroom.sandbox.dm("rita", "tide")
    await newsroom.quiet()
    assert [call.name for call in newsroom.sandbox.wire[calls:] if call.name.startswith("chat.")] == []
    (source,) = await newsroom.application.desk.sources(operator())
    assert (source.record.name, source.documents) == ("notes", 5)


async def test_a_persons_own_token_taken_back_changes_nothing(newsroom: Newsroom) -> None:
    assert (await newsroom.sandbox.revoke_own_token("rita")).ok
    await newsroom.quiet()
    assert (await newsroom.ask("tide")).shown.startswith("5 passages")
    entries = await newsroom.application.store.audit.entries("local", 50)
    assert [entry for entry in entries if entry.action == "uninstall"] == []
