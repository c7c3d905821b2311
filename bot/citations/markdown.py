"""Markdown (CommonMark, with GitHub's additions in mind): a quoted block, then who and where with the addresses.

A backslash before ASCII punctuation makes it literal: https://spec.commonmark.org/0.31.2/#backslash-escapes
"""

import re

from bot.citations.cited import Cited
from bot.citations.plain import addresses, where, who

_ANYWHERE = re.compile(r"[\\`*_\[\]<>&~|$@^=]")
_AT_A_LINE = re.compile(r"^([ \t]*)([#+:-])")
_NUMBER = re.compile(r"^([ \t]*\d{1,9})([.)])")
_ADDRESS = re.compile(r"(://)|(\bwww)(\.)", re.IGNORECASE)
_OUTER = re.compile(r"^[ \t]+|[ \t]+$")
_LINES = re.compile(r"\r\n?|\n")


def markdown(cited: Cited) -> str:
    """The words as a quoted block; under it what is told of them."""
    quoted = [cited.before.strip(), *_LINES.split(cited.words), cited.after.strip()]
    if not cited.before:
        quoted = quoted[1:]
    if not cited.after:
        quoted = quoted[:-1]
    links = [f"[{escaped(label)}](<{_destination(url)}>)" for label, url in addresses(cited)]
    told = [escaped(f"— {who(cited)}"), escaped(where(cited)), " · ".join(links), escaped(cited.warning)]
    return "\n".join([*_block(quoted), "", *_broken([line for line in told if line])])


def escaped(line: str) -> str:
    r"""One line in which nothing is markup.

    >>> print(escaped("1. *no* <b> & [x](y) www.a.b"))
    1\. \*no\* \<b\> \& \[x\](y) www\.a.b
    """
    line = _ANYWHERE.sub(r"\\\g<0>", line)
    line = _NUMBER.sub(r"\1\\\2", _AT_A_LINE.sub(r"\1\\\2", line))
    line = _ADDRESS.sub(lambda found: r"\://" if found[1] else rf"{found[2]}\.", line)
    return _OUTER.sub(lambda found: "".join(f"&#{ord(blank)};" for blank in found[0]), line)


def _block(lines: list[str]) -> list[str]:
    return [f"> {line}".rstrip() for line in _broken([escaped(line) for line in lines])]


def _broken(lines: list[str]) -> list[str]:
    """A line break stays one: a backslash at the end of a line that another follows."""
    following = [*lines[1:], ""]
    return [f"{line}\\" if line and after else line for line, after in zip(lines, following, strict=True)]


def _destination(url: str) -> str:
    return url.replace("&", "&amp;")
