"""Typed text in the form in which an app gets it."""

import pytest

from bot.sandbox.channels import Channel
from bot.sandbox.people import User
from bot.sandbox.typed import Typing

TYPING = Typing({"U1": User("U1", "ann.b", "T1")}, [Channel("C1", "general")])


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Barr foreign dirt", "Barr foreign dirt"),
        ("AT&T <b> 'x' \"y\"", "AT&amp;T &lt;b&gt; 'x' \"y\""),
        ("“foreign dirt”", "“foreign dirt”"),
        ("see https://e.org/a?b=1&c=2, please.", "see <https://e.org/a?b=1&amp;c=2>, please."),
        ("see example.org/x now", "see <http://example.org/x|example.org/x> now"),
        ("write to a.b@e.org", "write to <mailto:a.b@e.org|a.b@e.org>"),
        ("@ann.b and @nobody", "<@U1> and @nobody"),
        ("#general #nowhere", "<#C1|general> #nowhere"),
        ("§ 30121(a)(2) U.S.C. 10:30", "§ 30121(a)(2) U.S.C. 10:30"),
    ],
)
def test_messages(typed: str, sent: str) -> None:
    assert TYPING.message(typed) == sent


def test_commands_carry_labels_when_they_ask_for_escaping() -> None:
    assert TYPING.command("@ann.b #general R&D", escaped=True) == "<@U1|ann.b> <#C1|general> R&amp;D"
    assert TYPING.command("@ann.b #general R&D", escaped=False) == "@ann.b #general R&amp;D"
