"""What makes a difference loud: a number, a negation, a name, a tense or a qualifier that is not the record's."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from index.analysis import Token, stem_of, terms, tokens
from index.check.numerals import same_money, same_numbers, same_units, says_number
from index.check.signs import counting
from index.check.verdict import SAME, Flag, Op, Step
from index.query.function_words import is_function_word
from index.sentences import ends


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NEGATIONS = _listed(
    """
    not no non never none nothing nobody nowhere neither nor cannot without hardly barely scarcely lack lacks lacked
    fail fails failed failing refuse refuses refused refusing deny denies denied denying
    cant dont doesnt didnt wont isnt arent wasnt werent hasnt havent hadnt couldnt wouldnt shouldnt
    """
)
_OPPOSITE = re.compile(r"(?:un|in|im|il|ir|dis|mis)(?P<plain>\w{4,})")
_NO_OPPOSITES = _listed("unless until under into inform impart increase income discover display")
_QUALIFIERS = _listed(
    """
    some alleged allegedly may might could perhaps maybe possibly possible probably probable likely unlikely
    nearly almost about approximately roughly around only if unless except most mostly mainly largely partly
    partially generally usually often sometimes reportedly apparently seemingly appears appeared appear seems
    seemed seem suggests suggested suggest believe believed think thought guess suppose supposed supposedly
    potential potentially presumably essentially virtually somewhat rather certain few fewer several
    many rarely seldom occasionally arguably ostensibly purported purportedly suspected accused attempted estimated
    former acting preliminary should ought least most try tries tried trying tend tends tended hope hopes hoped
    expect expects expected want wants wanted intend intends intended
    """
)
_QUALIFYING_PAIRS = frozenset(
    ("at least", "at most", "up to", "more than", "less than", "fewer than", "as many", "as much", "in part")
) | {"sort of", "kind of", "so far", "so called", "on average", "not all", "not only", "far from", "anything but"}
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
    *("bear bears bore borne", "shoot shoots shot", "strike strikes struck", "deal deals dealt", "dig digs dug"),
    *("sing sings sang sung", "ring rings rang rung", "drink drinks drank drunk", "swim swims swam", "bite bites bit"),
    *("shake shakes shook shaken", "lend lends lent", "bend bends bent", "feed feeds fed", "flee flees fled"),
    *("sleep sleeps slept", "sweep sweeps swept", "beat beats beaten", "blow blows blew blown", "wake wakes woke"),
    *("freeze freezes froze frozen", "sink sinks sank sunk", "shrink shrinks shrank", "bind binds bound"),
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
_CUT_VERBS = {"ca": "can", "wo": "will", "sha": "shall"}
_SHORT_FORMS = """
jan january, feb february, mar march, apr april, jun june, jul july, aug august, sep september, sept september,
oct october, nov november, dec december, gov governor, sen senator, rep representative, gen general, lt lieutenant,
col colonel, capt captain, sgt sergeant, adm admiral, prof professor, dr doctor, st saint, mr mister
"""
_FULL = {pair.split()[0]: pair.split()[1] for pair in _SHORT_FORMS.split(",")}
_PERSONS = (_listed("am is are"), _listed("was were"), _listed("have has"))
"""Forms of one tense, besides those that an s tells apart."""

_ENDINGS = ("ed", "ing")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_CHANGED = (Op.REPLACE, Op.INSERT, Op.DELETE)
_QUIET = {*SAME, Op.ASIDE}


def loud(steps: Sequence[Step], record: str = "") -> frozenset[Flag]:
    """The flags of a difference. An ellipsis that hides a negation or a qualifier hides meaning. `record` is the whole
    text: what is a name there, is one at the beginning of a sentence, too.
    """
    told = (at for at, step in enumerate(steps) if step.op not in _QUIET)
    flags = frozenset(flag for at in told for flag in _flags(steps, at, record))
    return flags if _same_money(steps) else flags | {Flag.NUMBER}


def _flags(steps: Sequence[Step], at: int, record: str) -> Iterator[Flag]:
    step = steps[at]
    claimed, true = tokens(step.claimed), tokens(step.true)
    if step.op is Op.CUT:
        claimed = []
    added, lost = _difference(claimed, true)
    if step.op in _CHANGED:
        if _other_number(step, added, lost):
            yield Flag.NUMBER
        before = steps[:at]
        ours, theirs = _but_shortened(added, lost), _but_shortened(lost, added)
        if _names("".join(each.claimed for each in before), step.claimed, ours, record) or _names(
            "".join(each.true for each in before), step.true, theirs, record
        ):
            yield Flag.NAME
        if any(_other_tense(one, other) for one, other in product(_verbs(added), _verbs(lost))):
            yield Flag.TENSE
    if step.op is Op.BRACKET and any(says_number(word.term) for word in lost) and _other_number(step, added, lost):
        yield Flag.NUMBER
    if _negations(added) != _negations(lost) or _opposite(added, lost):
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


def _but_shortened(words: Sequence[Token], others: Sequence[Token]) -> list[Token]:
    """The words that are not another one's short form, or its long one: `Oct.` and `October`."""
    full = {_FULL.get(other.term, other.term) for other in others}
    return [word for word in words if _FULL.get(word.term, word.term) not in full]


def _other_number(step: Step, added: Sequence[Token], lost: Sequence[Token]) -> bool:
    """Whether the two sides of a step say other numbers, be it by their signs alone."""
    ours, theirs = (counting(text, 0, len(text)) for text in (step.claimed, step.true))
    if not added and not lost and ours != theirs and any(sign.isdigit() for sign in step.claimed):
        return True
    words = [[word.term for word in side] for side in (added, lost)]
    same = same_numbers(words[0], words[1], ("".join(ours), "".join(theirs)))
    return not (same and same_units(words[0], words[1]))


def _same_money(steps: Sequence[Step]) -> bool:
    """Whether the changed pieces, all together, name the same currencies: `$5 million` is `5 million dollars`."""
    changed = [step for step in steps if step.op in _CHANGED]
    ours, theirs = "".join(step.claimed for step in changed), "".join(step.true for step in changed)
    return same_money(terms(ours), terms(theirs), (ours, theirs))


def _negations(words: Sequence[Token]) -> int:
    return sum(word.term in _NEGATIONS or word.term.endswith("n't") for word in words)


def _opposite(added: Sequence[Token], lost: Sequence[Token]) -> bool:
    """Whether a word stands for its opposite: `likely` for `unlikely`, `useful` for `useless`."""
    pairs = [(one.term, other.term) for one, other in product(added, lost)]
    return any(_negates(one, other) or _negates(other, one) for one, other in pairs)


def _negates(word: str, plain: str) -> bool:
    if word.endswith("less"):
        return plain in (word[:-4], f"{word[:-4]}ful")
    match = _OPPOSITE.fullmatch(word)
    return bool(match and match["plain"] == plain and word not in _NO_OPPOSITES)


def _qualifiers(words: Sequence[Token]) -> set[str]:
    pairs = {f"{one.term} {other.term}" for one, other in pairwise(words)}
    return {word.term for word in words if word.term in _QUALIFIERS} | (pairs & _QUALIFYING_PAIRS)


def _names(before: str, text: str, words: Sequence[Token], record: str) -> bool:
    """Whether one of the words of `text`, which follows `before`, is a name: it has a capital where no sentence begins,
    or has one there in the record.
    """
    for word in words:
        written, lead = text[word.start : word.end], before + text[: word.start]
        if not written[0].isupper() or is_function_word(word.term):
            continue
        begins = not lead.strip("\"'“”‘’( ") or any(not lead[end:].strip() for end in ends(lead + written))
        if not begins or _stands_within(_POSSESSIVE.sub("", written), record):
            return True
    return False


def _stands_within(word: str, text: str) -> bool:
    """Whether the text has the word, written so, behind a small letter or a comma and a blank."""
    at = text.find(f" {word}", 1)
    while at > 0:
        end = at + 1 + len(word)
        if (text[at - 1].islower() or text[at - 1] == ",") and not text[end : end + 1].isalnum():
            return True
        at = text.find(f" {word}", end)
    return False


def _verbs(words: Sequence[Token]) -> list[str]:
    """The words, and the verb that is shortened within one (`it's`, `we'd`, `won't`)."""
    found = [word.term for word in words]
    found += [full for word in words for clitic, full in _CLITICS.items() if word.term.endswith(clitic)]
    negated = (word.term.removesuffix("n't") for word in words if word.term.endswith("n't"))
    return found + [_CUT_VERBS.get(verb, verb) for verb in negated]


def _other_tense(one: str, other: str) -> bool:
    if one in _VERB_OF or other in _VERB_OF:
        return _VERB_OF.get(one) == _VERB_OF.get(other) and not _other_person(one, other)
    endings = [next((end for end in _ENDINGS if word.endswith(end)), "") for word in (one, other)]
    return stem_of(one) == stem_of(other) and endings[0] != endings[1]


def _other_person(one: str, other: str) -> bool:
    """Whether two forms of a verb say the same of different persons: `is` and `are`, `go` and `goes`."""
    shorter, longer = sorted((one, other), key=len)
    return longer in (shorter, f"{shorter}s", f"{shorter}es") or any({one, other} <= forms for forms in _PERSONS)
