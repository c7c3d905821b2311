import pytest

from bot.asking.commands import Asked, Command, understand


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", Command.HELP),
        ("  ", Command.HELP),
        ("help", Command.HELP),
        (" Help ", Command.HELP),
        ("help me", Command.SEARCH),
        ("status", Command.STATUS),
        ("status quo", Command.SEARCH),
        ("pins", Command.PINS),
        ("pins and needles", Command.SEARCH),
        ("pins orphaned by tradition", Command.SEARCH),
        ("pins orphan", Command.PINS),
        ("Pins expiring ferry", Command.PINS),
        ('pins ferry story:"Harbor inquiry"', Command.PINS),
        ("pins -tag:tide", Command.PINS),
        ("pins owner: and needles", Command.SEARCH),
        ('check "no collusion"', Command.CHECK),
        ("check “no collusion”", Command.CHECK),
        ("check„so“", Command.CHECK),
        ("check 'no collusion'", Command.CHECK),
        ("check", Command.SEARCH),
        ("check kiting", Command.SEARCH),
        ("checked “it”", Command.SEARCH),
        ("watch", Command.WATCH),
        ("watch the skies", Command.WATCH),
        ("watchdog", Command.SEARCH),
        ("Barr foreign dirt", Command.SEARCH),
    ],
)
def test_a_word_is_a_command_only_where_it_can_hardly_be_a_question(text: str, command: Command) -> None:
    assert understand(text) == Asked(command, text.strip())
