"""What makes a difference loud: a number, a negation, a name, a tense or a qualifier that is not the record's."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from index.analysis import Token, stem_of, tokens
from index.check.verdict import SAME, Flag, Op, Step
from index.query.function_words import is_function_word
from index.sentences import ends


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _figures(words: str, first: int = 0, step: int = 1) -> dict[str, str]:
    return {word: str(first + at * step) for at, word in enumerate(words.split())}


_NUMBERS = _listed(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand
    thousands million millions billion billions trillion trillions dozen dozens half third thirds quarter
    quarters first second fourth fifth sixth seventh eighth ninth tenth once twice thrice double triple percent
    """
)
_FIGURES = _figures(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
) | _figures("thirty forty fifty sixty seventy eighty ninety", 30, 10)
"""A number is not another one for being written out."""

_SYMBOLS = frozenset("$€£¥¢%‰+=<>±×÷−")
_NEGATIONS = _listed(
    """
    not no never none nothing nobody nowhere neither nor cannot without hardly barely scarcely lack lacks lacked
    """
)
_QUALIFIERS = _listed(
    """
    some alleged allegedly may might could perhaps maybe possibly possible probably probable likely unlikely
    nearly almost about approximately roughly around only if unless except most mostly mainly largely partly
    partially generally usually often sometimes reportedly apparently seemingly appears appeared appear seems
    seemed seem suggests suggested suggest believe believed think thought guess suppose supposed supposedly
    potential potentially presumably essentially virtually somewhat rather certain few fewer several
    """
)
_FORMS = (
    *("am is are was were be been being", "has have had having", "do does did done doing"),
    *("will would", "can could", "may might", "shall should"),
    *("go goes went gone going", "say says said saying", "make makes made making", "take takes took taken taking"),
    *("come comes came coming", "see sees saw seen seeing", "know knows knew known knowing", "get gets got gotten"),
    *("give gives gave given giving", "find finds found finding", "think thinks thought thinking"),
    *("tell tells told telling", "become becomes became becoming", "leave leaves left leaving"),
    *("feel feels felt feeling", "bring brings brought", "begin begins began begun", "keep keeps kept keeping"),
    *("hold holds held", "write writes wrote written", "stand stands stood", "hear hears heard hearing"),
    *("mean means meant", "meet meets met meeting", "run runs ran running", "pay pays paid", "sit sits sat"),
    *("speak speaks spoke spoken", "lie lies lay lain", "lead leads led", "grow grows grew grown", "lose loses lost"),
    *("fall falls fell fallen", "send sends sent", "build builds built", "understand understands understood"),
    *("draw draws drew drawn", "break breaks broke broken", "spend spends spent", "rise rises rose risen"),
    *("drive drives drove driven", "buy buys bought", "wear wears wore worn", "choose chooses chose chosen"),
    *("fight fights fought", "win wins won", "seek seeks sought", "teach teaches taught", "catch catches caught"),
    *("sell sells sold", "forget forgets forgot forgotten", "eat eats ate eaten", "fly flies flew flown"),
    *("hide hides hid hidden", "steal steals stole stolen", "throw throws threw thrown", "swear swears swore sworn"),
)
_VERB_OF = {form: number for number, forms in enumerate(_FORMS) for form in forms.split()}
_CLITICS = {
    "'s": "is",
    "'re": "are",
    "'m": "am",
    "'ve": "have",
    "'ll": "will",
    "'d": "would",
}
_ENDINGS = ("ed", "ing")


def loud(steps: Sequence[Step]) -> frozenset[Flag]:
    """The flags of a difference. An ellipsis that hides a negation or a qualifier hides meaning."""
    return frozenset(flag for at, step in enumerate(steps) if step.op not in SAME for flag in _flags(steps, at))


def _flags(steps: Sequence[Step], at: int) -> Iterator[Flag]:
    step = steps[at]
    claimed, true = tokens(step.claimed), tokens(step.true)
    if step.op is Op.CUT:
        claimed = []
    added, lost = _difference(claimed, true)
    if step.op in (Op.REPLACE, Op.INSERT, Op.DELETE):
        only_signs = not added and not lost and any(sign.isdigit() for sign in step.claimed)
        if only_signs or _numbers(added, step.claimed) != _numbers(lost, step.true):
            yield Flag.NUMBER
        before = steps[:at]
        if _names("".join(each.claimed for each in before), step.claimed, added) or _names(
            "".join(each.true for each in before), step.true, lost
        ):
            yield Flag.NAME
        if any(_other_tense(one, other) for one, other in product(_verbs(added), _verbs(lost))):
            yield Flag.TENSE
    if step.op is not Op.BRACKET:
        if _negations(added) != _negations(lost):
            yield Flag.NEGATION
        if _qualifiers(lost) - _qualifiers(added):
            yield Flag.QUALIFIER


def _difference(claimed: Sequence[Token], true: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """The words of each side that the other lacks."""
    ours, theirs = Counter(word.term for word in claimed), Counter(word.term for word in true)
    return _left(claimed, ours - theirs), _left(true, theirs - ours)


def _left(words: Sequence[Token], more: Counter[str]) -> list[Token]:
    left: list[Token] = []
    for word in words:
        if more[word.term] > 0:
            more[word.term] -= 1
            left.append(word)
    return left


def _numbers(words: Sequence[Token], text: str) -> Counter[str]:
    found = [
        _FIGURES.get(word.term, word.term)
        for word in words
        if word.term in _NUMBERS or any(sign.isdigit() for sign in word.term)
    ]
    return Counter(found) + Counter(sign for sign in text if sign in _SYMBOLS)


def _negations(words: Sequence[Token]) -> int:
    return sum(word.term in _NEGATIONS or word.term.endswith("n't") for word in words)


def _qualifiers(words: Sequence[Token]) -> set[str]:
    return {word.term for word in words if word.term in _QUALIFIERS}


def _names(before: str, text: str, words: Sequence[Token]) -> bool:
    """Whether one of the words of `text`, which follows `before`, is a name: a capital where no sentence begins."""
    for word in words:
        written, lead = text[word.start : word.end], before + text[: word.start]
        if not written[0].isupper() or is_function_word(word.term) or not lead.strip("\"'“”‘’( "):
            continue
        if not any(not lead[end:].strip() for end in ends(lead + written)):
            return True
    return False


def _verbs(words: Sequence[Token]) -> list[str]:
    """The words, and the verb that is shortened within one (`it's`, `we'd`, `won't`)."""
    found = [word.term for word in words]
    found += [full for word in words for clitic, full in _CLITICS.items() if word.term.endswith(clitic)]
    return found + [word.term.removesuffix("n't") for word in words if word.term.endswith("n't")]


def _other_tense(one: str, other: str) -> bool:
    if one in _VERB_OF or other in _VERB_OF:
        return one != other and _VERB_OF.get(one) == _VERB_OF.get(other)
    endings = [next((end for end in _ENDINGS if word.endswith(end)), "") for word in (one, other)]
    return stem_of(one) == stem_of(other) and endings[0] != endings[1]
