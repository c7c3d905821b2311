"""Words that help a question along without being what is asked for: "what did … say about …".

Names never count among them: `US`, `WHO` and `IT` in capitals, `May` and `Will` with one, `may 2017` before a number.
"""

import re
from collections.abc import Sequence

_QUESTION = "what when where which who whom whose why how"
_AUXILIARY = (
    "am are is was were be been being do does did doing done have has had having "
    "can could may might must shall should will would"
)
_FUNCTION_WORDS = frozenset(
    f"""{_QUESTION} {_AUXILIARY}
    a an the this that these those some any each every both either neither such
    i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself
    it its itself they them their theirs themselves one there here
    and or nor but if then else than as so because while although though whether until unless since
    of at by for from in into on onto off out over under up down to toward towards with within without
    about above across after against along among around before behind below beneath beside besides between beyond
    during except near per regarding through throughout upon via
    no not only also just too very again ever please""".split()
)
_SAYING = frozenset(("say", "says", "said", "saying", "tell", "tells", "told", "telling"))
_OPENERS = frozenset(f"{_QUESTION} {_AUXILIARY}".split())
_CONTRACTED = re.compile(r"(.+?)(?:n't|'(?:s|d|m|re|ve|ll))")
_CUT_STEMS = frozenset(("ca", "wo", "sha", "ai"))  # of can't, won't, shan't, ain't


def helping(words: Sequence[str], text: str) -> list[bool]:
    """Tell of each loose word of a query, in order, whether it only helps; `text` is the whole query as typed.

    >>> helping(["What", "did", "Barr", "say"], "What did Barr say")
    [True, True, False, True]
    >>> helping(["US", "may", "2017", "said"], "US may 2017 said")
    [False, False, False, False]
    """
    asked = text.rstrip().endswith("?")
    question = asked or (bool(words) and _base(words[0]) in _OPENERS and not _is_name(words, 0, text))
    return [
        (_base(word) in _FUNCTION_WORDS and not _is_name(words, index, text)) or (question and _base(word) in _SAYING)
        for index, word in enumerate(words)
    ]


def is_function_word(word: str) -> bool:
    """Whether the word, alone, only helps a sentence along.

    >>> is_function_word("doesn't"), is_function_word("dirt")
    (True, False)
    """
    return _base(word) in _FUNCTION_WORDS


def _base(word: str) -> str:
    """The word in small letters, without its contraction: `didn’t` is `did`, `who's` is `who`."""
    small = word.lower().replace("’", "'")
    match = _CONTRACTED.fullmatch(small)
    return match[1] if match and (match[1] in _FUNCTION_WORDS or match[1] in _CUT_STEMS) else small


def _is_name(words: Sequence[str], index: int, text: str) -> bool:
    """Whether a word spelt like a function word is a name here: by its capitals, or a month by the number beside it."""
    word = words[index]
    if word.isupper() and len(word) > 1:
        return word == "US" or not text.isupper()
    if word in {"Will", "May"}:
        return index > 0 or not text.rstrip().endswith("?")
    return word == "may" and any(
        near[:1].isdigit() for near in (*words[max(0, index - 1) : index], *words[index + 1 : index + 2])
    )
