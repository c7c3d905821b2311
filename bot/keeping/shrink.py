"""Whether a page's new reading has lost what made it worth keeping: a paywall, an error page, a scrap. Pure.

A reading is held back, and the good version stays, when

- a telltale sentence stands in the new text that was not in the old, and less than half of the old text is left; or
- there are fewer than 35 in 100 of the old text's words, and the old text was more than a few lines.

How much is left is counted in runs of three words, so that the common words of any two pages count for nothing. A page
that was rewritten at length, corrected, or cut by half with its words kept is taken as it is. Only what comes from a
web address is to be judged: a file in a folder is short because somebody made it so.
"""

import re

_LEFT = 0.5
_WORDS_LEFT = 0.35
_STAYS = "the version before stays."
_FEW_WORDS = 40  # of so short a text, any small correction is a large part
_RUN = 3

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_TELLTALES = (
    (
        "a paywall",
        r"subscribe (?:now )?to (?:continue|read|keep reading|unlock)|already a subscriber|to continue reading"
        r"|(?:sign|log) ?in to (?:continue|read)|create (?:a |an )?(?:free )?account to (?:continue|read)"
        r"|(?:article|story|content) is (?:only )?(?:for|available to) (?:our )?(?:subscribers|members)"
        r"|(?:article|story|monthly) limit|remaining free articles|start your (?:free )?trial",
    ),
    (
        "an error page",
        r"\b404\b|page (?:was )?not found|can(?:no|['’])t (?:be found|find (?:the|that|this) page)"
        r"|could(?:n['’]t| not) be found|does(?:n['’]t| not) exist|no longer (?:available|exists)"
        r"|internal server error|bad gateway|service (?:is )?(?:temporarily )?unavailable|gateway time-?out"
        r"|something went wrong|too many requests|down for maintenance",
    ),
    (
        "a closed door",
        r"access (?:is |was |has been )?denied|\b403\b|forbidden|not authori[sz]ed to (?:view|access)"
        r"|(?:enable|turn on|requires?) java ?script|java ?script is (?:disabled|required)|enable cookies"
        r"|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|unusual (?:traffic|activity)"
        r"|checking your browser|captcha|not available in your (?:region|country)",
    ),
)
_SENTENCES = tuple((what, re.compile(pattern, re.IGNORECASE)) for what, pattern in _TELLTALES)


def shrunk(old: str, new: str) -> str | None:
    """Why `new` must not replace `old`, as one sentence; None where it may.

    >>> shrunk("The committee met at noon and heard eleven witnesses.", "Page not found (404).")
    'The page now looks like an error page, and 0% of its words are left; the version before stays.'
    """
    before, after = _words(old), _words(new)
    looks = next((what for what, telltale in _SENTENCES if telltale.search(new) and not telltale.search(old)), None)
    if looks and (left := _left(before, after)) < _LEFT:
        return f"The page now looks like {looks}, and {left:.0%} of its words are left; {_STAYS}"
    if len(before) >= _FEW_WORDS and len(after) < _WORDS_LEFT * len(before):
        return f"The page shrank from {len(before):,} words to {len(after):,}; {_STAYS}"
    return None


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _left(before: list[str], after: list[str]) -> float:
    """The share of the old text's runs of words that stand in the new one too."""
    old = _runs(before)
    return len(old & _runs(after)) / len(old) if old else 1.0


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[skipped:] for skipped in range(_RUN)), strict=False))
