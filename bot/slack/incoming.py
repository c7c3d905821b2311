"""Text as Slack sends it, turned back into what the person typed. Done once, where a payload comes in.

Slack escapes `& < >` and wraps addresses, people and channels in `<…>`
(https://docs.slack.dev/messaging/formatting-message-text); its exact forms in commands are assumed, not verified.
"""

import re

_WRAPPED = re.compile(r"<([^<>]*)>")
_BLANKS = re.compile(r"[ \t]+")


def typed(text: str, bot_user_id: str | None = None) -> str:
    """What the person typed; mentions of the bot itself are left out.

    >>> typed("AT&amp;T &lt;b&gt;")
    'AT&T <b>'
    >>> typed("see <http://example.org/a|example.org/a>, <https://example.org/?b=1&amp;c=2> in <#C1|politics>")
    'see example.org/a, https://example.org/?b=1&c=2 in #politics'
    >>> typed("what did <@UBOT> <@U2|ann> say", "UBOT")
    'what did @ann say'
    """
    unwrapped = _WRAPPED.sub(lambda match: _unwrap(match[1], bot_user_id), text)
    return _BLANKS.sub(" ", _unescape(unwrapped)).strip()


def mentioned(text: str) -> dict[str, str]:
    """The ids of the people that are named in a text, by their names as `typed` has them.

    >>> mentioned("owner:<@U2|ann> and <@U3>")
    {'ann': 'U2', 'U3': 'U3'}
    """
    named = (match[1].partition("|") for match in _WRAPPED.finditer(text) if match[1].startswith("@"))
    return {(label or target[1:]).removeprefix("@"): target[1:] for target, _, label in named}


def _unwrap(inside: str, bot_user_id: str | None) -> str:
    target, _, label = inside.partition("|")
    sign, name = target[:1], target[1:]
    if bot_user_id is not None and target == f"@{bot_user_id}":
        return " "
    if sign in ("@", "#"):
        return sign + (label or name).removeprefix(sign)
    if sign == "!":
        return label or f"@{name}"
    return label or target


def _unescape(text: str) -> str:
    """Only the three that Slack escapes: `&quot;` was typed by the person."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
