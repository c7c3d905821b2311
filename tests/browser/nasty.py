"""Pages that make text fragments hard, by a seed: what stands between two words of the stored text is never plain.

What is set apart (menus, marks of footnotes) is matched by `APART`; all else is the page's own text.
"""

import random
from html import escape

APART = "nav, footer, header, sup"

_NASTY = (
    *("naïve", "café", "Zelenskyy", "U.S.", "$5,000", "12.5%", "re-run", "A&B", "“no”", "‘yes’", "don’t", "it's"),
    *("3,000", "re\u00adport", "co\u00adoperate", "non\u00a0breaking", "100%", "and/or", "(aside)", "x=1", "#2"),
    *("e-mail", "—", "–", "…", "end;", "so:", "why?", "No!", "Élan", "ﬁnal", "Straße", "שלום", "عربي", "漢字", "🐟"),
    "👩\u200d🚀",
)
_SMALL = ("a", "the", "of", "to", "in", "it", "was", "said", "that", "he", "they", "not", "and", "for", "on", "with")
_FIRST = ("har", "ti", "pi", "no", "for", "di", "sen", "cam", "re", "co", "tes", "mar", "wit", "jus")
_LAST = ("bor", "de", "lot", "on", "eign", "rt", "ate", "paign", "port", "mittee", "timony", "ket", "ness", "tice")
_PLAIN = tuple(first + last for first in _FIRST for last in _LAST)
_INLINE = ("b", "i", "em", "strong", "span", "u", "mark")


def page(seed: int) -> str:
    """A whole page."""
    chance = random.Random(seed)
    text = [_paragraph(chance) for _ in range(chance.randint(4, 9))]
    if chance.random() < 0.15:  # words that stand twice
        text.insert(chance.randrange(len(text)), chance.choice(text))
    blocks = [_block(chance, one) for one in text]
    menu = [" ".join(chance.choice(text).split()[: chance.randint(1, 5)]) for _ in range(3)]
    links = "".join(f"<li><a href='/x'>{escape(entry)}</a></li>" for entry in menu)
    return (
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>A page</title></head><body>"
        f"<nav><ul>{links}</ul></nav><main><article><h1>{escape(_sentence(chance))}</h1>{''.join(blocks)}"
        "</article></main><footer>Imprint and contact</footer></body></html>"
    )


def _sentence(chance: random.Random) -> str:
    kinds = chance.choices((_PLAIN, _SMALL, _NASTY), (50, 35, 15), k=chance.randint(4, 22))
    return " ".join(chance.choice(kind) for kind in kinds) + chance.choice((".", ".", "?", "!", ".”", ""))


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(1, 6)))


def _block(chance: random.Random, text: str) -> str:
    kind = chance.choice(("p", "p", "p", "ul", "table", "blockquote", "div", "h2", "upper"))
    if kind == "ul":
        return "<ul>" + "".join(f"<li>{_inline(chance, part)}</li>" for part in _parts(text, 3)) + "</ul>"
    if kind == "table":
        cells = "".join(f"<td>{_inline(chance, part)}</td>" for part in _parts(text, 3))
        return f"<table><tr>{cells}</tr></table>"
    if kind == "upper":
        return f"<p style='text-transform: uppercase'>{_inline(chance, text)}</p>"
    return f"<{kind}>{_inline(chance, text)}</{kind}>"


def _parts(text: str, number: int) -> list[str]:
    words = text.split(" ")
    size = max(1, -(-len(words) // number))
    return [" ".join(words[at : at + size]) for at in range(0, len(words), size)]


def _inline(chance: random.Random, text: str) -> str:
    """The words with markup in and around them, line breaks between them and footnotes after them."""
    return "".join(_word(chance, word) + _gap(chance) for word in text.split(" ")).strip()


def _word(chance: random.Random, word: str) -> str:
    dice, tag = chance.random(), chance.choice(_INLINE)
    if dice < 0.08:
        return f"<{tag}>{escape(word)}</{tag}>"
    if dice < 0.14 and len(word) > 3 and word.isascii():
        return f"{escape(word[:2])}<{tag}>{escape(word[2])}</{tag}>{escape(word[3:])}"
    if dice > (0.92 if word.endswith((".", ",", "!", "?")) else 0.995):
        mark = chance.choice(("7", "[7]", "12"))
        return f"{escape(word)}<sup class='footnote-ref'><a href='#fn{mark}'>{mark}</a></sup>"
    return escape(word)


def _gap(chance: random.Random) -> str:
    return chance.choices((" ", "\n", "  ", "<br>", " <br> ", "<!-- note --> "), (80, 10, 4, 2, 2, 2))[0]
