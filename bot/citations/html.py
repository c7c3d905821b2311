"""HTML: a figure whose blockquote holds the words and nothing else, every character of a source escaped."""

from html import escape

from bot.citations.cited import Cited
from bot.citations.plain import addresses, where, who


def html(cited: Cited) -> str:
    """One `figure`. A line break of the source stays one, and gets the tag that shows it."""
    quoted = escape(cited.words).replace("\n", "<br>\n")
    about = f' cite="{escape(cited.link)}"' if cited.link else ""
    caption = [who(cited), where(cited)]
    told = [escape(line) for line in caption if line]
    told += [f'<a href="{escape(url)}">{escape(label)}</a>' for label, url in addresses(cited)]
    told += [escape(line) for line in (cited.version, cited.warning) if line]
    lines = "<br>\n".join(told)
    return (
        f"<figure>\n{_cut(cited.before)}<blockquote{about}><p>{quoted}</p></blockquote>\n{_cut(cited.after)}"
        f"<figcaption>{lines}</figcaption>\n</figure>"
    )


def _cut(mark: str) -> str:
    return f"<p>{escape(mark.strip())}</p>\n" if mark else ""
