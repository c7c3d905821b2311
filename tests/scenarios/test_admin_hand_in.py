"""Documents handed in over Slack: shown to an admin first, then kept or discarded."""

import pytest

from bot.keeping.uploads import NAME, safe_name
from bot.sandbox import Message
from bot.slack.listeners import hand_in
from bot.wording import admin_words
from tests.scenarios.newsroom import Newsroom
from tests.scenarios.test_admin_sources import told

REPORT = "---\ntitle: The Lantern Report\ndate: 2019-07\n---\n\nForty foreign lanterns stood on the quay.\n"


async def handed_in(newsroom: Newsroom, name: str = "report.md", content: str | bytes = REPORT) -> Message:
    """Send a file to the bot; what it answers last."""
    sent = {name: content.encode() if isinstance(content, str) else content}
    assert (await newsroom.sandbox.dm_files("ada", sent)).ok
    await newsroom.quiet()
    return told(newsroom)[-1]


async def press(newsroom: Newsroom, message: Message, what: str) -> Message:
    """Press a button below a preview; the message as it is then."""
    await newsroom.sandbox.click("ada", message, what)
    await newsroom.quiet()
    return next(one for one in told(newsroom) if one.ts == message.ts)


async def searched(newsroom: Newsroom) -> str:
    return (await newsroom.ask("foreign lanterns quay")).shown


async def test_a_file_is_shown_and_kept_only_then(newsroom: Newsroom) -> None:
    preview = await handed_in(newsroom)
    for fact in ("The Lantern Report", "published July 2019", "Forty foreign lanterns", admin_words.SEEN_BY_ALL):
        assert fact in preview.shown
    assert preview.buttons == (admin_words.KEEP, admin_words.DISCARD)
    assert "The Lantern Report" not in await searched(newsroom)
    kept = await press(newsroom, preview, admin_words.KEEP)
    assert f"{NAME}: 1 document (1 new)." in kept.shown
    assert admin_words.KEPT in kept.shown
    assert admin_words.KEEP not in kept.buttons
    assert "The Lantern Report" in await searched(newsroom)
    actions = [entry.action for entry in await newsroom.application.store.audit.entries("local", 2)]
    assert actions == ["add source", "upload"]


async def test_the_next_file_goes_to_the_same_source(newsroom: Newsroom) -> None:
    for number in range(2):
        await press(newsroom, await handed_in(newsroom, content=f"{REPORT}Page {number}.\n"), admin_words.KEEP)
    assert f"{NAME}: 2 documents (1 new)." in told(newsroom)[-1].shown
    names = [source.name for source in await newsroom.application.store.archive.sources("local")]
    assert names == [NAME, "notes"]


async def test_a_discarded_file_is_gone(newsroom: Newsroom) -> None:
    preview = await handed_in(newsroom)
    again = await handed_in(newsroom)
    assert (await press(newsroom, preview, admin_words.DISCARD)).shown == admin_words.DISCARDED
    assert "kept or discarded before" in (await press(newsroom, again, admin_words.KEEP)).shown
    assert "The Lantern Report" not in await searched(newsroom)


async def test_what_can_not_be_read_can_not_be_kept(newsroom: Newsroom) -> None:
    for name, content in (("bad.pdf", b"%PDF-1.7 nothing"), ("picture.png", b"\x89PNG\r\n\x1a\n" + b"x" * 99)):
        preview = await handed_in(newsroom, name, content)
        assert admin_words.UNPREVIEWED in preview.shown
        assert f"{name}: " in preview.shown
        assert preview.buttons == (admin_words.DISCARD,)


async def test_several_files_are_each_shown(newsroom: Newsroom) -> None:
    await newsroom.sandbox.dm_files("ada", {"a.txt": b"The first tide.", "b.txt": b"", "c.txt": b"The third tide."})
    await newsroom.quiet()
    shown = [message.shown for message in told(newsroom) if message.by_bot]
    assert len(shown) == 3
    assert "The first tide." in shown[0]
    assert "1 byte to 32 MiB" in shown[1]
    assert "The third tide." in shown[2]


async def test_a_message_is_kept_with_its_words(newsroom: Newsroom) -> None:
    message = newsroom.sandbox.say("ed", "general", "Forty foreign lanterns & <more> stood on the quay.\nSo they said.")
    assert (await newsroom.sandbox.message_shortcut("ada", message, hand_in.SHORTCUT)).ok
    await newsroom.quiet()
    assert newsroom.sandbox.messages("general", "ada")[-1].shown == admin_words.LOOK_THERE
    (preview,) = told(newsroom)
    assert "Forty foreign lanterns & <more> stood on the quay.\nSo they said." in preview.shown
    assert admin_words.NO_DATE_FOUND in preview.shown  # when it was posted is not when it was said
    await press(newsroom, preview, admin_words.KEEP)
    assert "lanterns & <more> stood on the quay" in await searched(newsroom)


async def test_a_message_of_a_private_channel_is_marked_as_such(newsroom: Newsroom) -> None:
    newsroom.sandbox.add_channel("cellar", (newsroom.ada, newsroom.ed), private=True)
    message = newsroom.sandbox.share_files("ed", "cellar", {"report.md": REPORT.encode()})
    await newsroom.sandbox.message_shortcut("ada", message, hand_in.SHORTCUT)
    await newsroom.quiet()
    (preview,) = told(newsroom)
    assert "The Lantern Report" in preview.shown
    assert admin_words.FROM_PRIVATE in preview.shown


async def test_a_file_that_slack_does_not_hold_or_give_is_told(newsroom: Newsroom) -> None:
    sandbox = newsroom.sandbox
    outside = sandbox.share_files("ed", "general", {"a.txt": b""}, external_url="http://127.0.0.1:9/steal")
    unseen = sandbox.share_files("ed", "elsewhere", {"a.txt": b"The tide."})
    sandbox.join("ada", "elsewhere")
    for message, sentence in ((outside, admin_words.FILE_NOT_SLACKS), (unseen, admin_words.FILE_REFUSED)):
        await sandbox.message_shortcut("ada", message, hand_in.SHORTCUT)
        await newsroom.quiet()
        assert told(newsroom)[-1].shown == sentence
    asked = [exchange.name for exchange in sandbox.wire]
    assert "url_private" not in asked


async def test_a_message_with_nothing_in_it_is_told(newsroom: Newsroom) -> None:
    empty = newsroom.sandbox.say("ed", "general", "")
    await newsroom.sandbox.message_shortcut("ada", empty, hand_in.SHORTCUT)
    await newsroom.quiet()
    assert newsroom.sandbox.messages("general", "ada")[-1].shown == admin_words.NOTHING_TO_ADD


@pytest.mark.parametrize("who", ["rita", "gus"])
async def test_nobody_else_hands_in(newsroom: Newsroom, who: str) -> None:
    sandbox = newsroom.sandbox
    await sandbox.dm_files(who, {"report.md": REPORT.encode()})
    await newsroom.quiet()
    assert [m.shown for m in told(newsroom, who) if m.by_bot] == [admin_words.ADMINS_ONLY]
    message = sandbox.say("ed", "general", "Forty foreign lanterns")
    await sandbox.message_shortcut(who, message, hand_in.SHORTCUT)
    await newsroom.quiet()
    assert sandbox.messages("general", who)[-1].shown == admin_words.ADMINS_ONLY
    assert "url_private" not in [exchange.name for exchange in sandbox.wire]


async def test_the_same_delivery_twice_shows_one_preview(newsroom: Newsroom) -> None:
    delivery = await newsroom.sandbox.dm_files("ada", {"report.md": REPORT.encode()})
    await newsroom.sandbox.redeliver(delivery)
    await newsroom.quiet()
    assert len([message for message in told(newsroom) if message.by_bot]) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        (".held", "held"),
        ("a\x00b\nc.txt", "a_b_c.txt"),
        ("..", "upload"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        ("é" * 300 + ".pdf", "é" * 50 + ".pdf"),
        ("C:\\papers\\report.docx", "report.docx"),
    ],
)
def test_a_file_is_kept_under_a_harmless_name(given: str, kept: str) -> None:
    assert safe_name(given) == kept
