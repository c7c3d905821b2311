"""Feeds: an item is a document; dates keep their offsets; attacks are refused at once."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from sources.document import Extract, Precision, Quoted, Raw
from sources.errors import NoText, Unreadable
from sources.extract.feed import extract


def read(content: str | bytes) -> Sequence[Extract]:
    raw = content.encode() if isinstance(content, str) else content
    return extract(Raw("https://bay.example/feed", raw, "", datetime(2019, 7, 1, tzinfo=UTC)))


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Bay Post</title><link>https://bay.example/</link>
<item><title>Moss &amp;amp; the pier</title><link>/1</link><guid>g1</guid><dc:creator>Ada Moss</dc:creator>
<pubDate>Thu, 13 Jun 2019 23:30:00 -0400</pubDate><description>Short.</description>
<content:encoded><![CDATA[<h2>Why</h2><p>The pier was <b>closed</b>.</p><script>x()</script>]]></content:encoded></item>
<item><title>Lamp</title><link>https://bay.example/2</link><description>5 &lt; 6: it was broken.</description></item>
<item><title>Nothing</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Bay Post</title>
<entry><title type="html">A &amp;amp; B</title><link rel="self" href="/api/1"/><link href="/1"/><id>urn:1</id>
<author><name>Ada Moss</name></author><published>2019-06-13T12:30:00Z</published>
<updated>2019-06-20T09:00:00+02:00</updated>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>The pier.</p><p>It was closed.</p></div></content></entry>
</feed>"""


def test_rss_items_are_documents() -> None:
    pier, lamp = read(RSS)
    assert (pier.text, pier.title, pier.author) == ("Why\n\nThe pier was closed.", "Moss & the pier", "Ada Moss")
    assert (pier.part, pier.url, pier.publisher) == ("g1", "https://bay.example/1", "Bay Post")
    assert pier.published is not None
    assert (pier.published.value, pier.published.precision) == ("2019-06-13T23:30:00-04:00", Precision.TIME)
    assert (lamp.text, lamp.part, lamp.published) == ("5 < 6: it was broken.", "https://bay.example/2", None)


def test_whom_an_item_quotes_is_told_as_in_a_web_page() -> None:
    words = "<description>“The pier is closed,” said Ada Moreno.</description>"
    (item,) = read(f"<rss><channel><item><title>A</title>{words}</item></channel></rss>")
    (mark,) = item.marks
    assert isinstance(mark.value, Quoted)
    assert (mark.value.speaker.label, item.text[mark.start : mark.end]) == ("Ada Moreno", "The pier is closed,")


def test_atom_entries_are_documents() -> None:
    (one,) = read(ATOM)
    assert (one.text, one.title, one.author) == ("The pier.\n\nIt was closed.", "A & B", "Ada Moss")
    assert (one.part, one.url) == ("urn:1", "https://bay.example/1")
    assert one.published is not None
    assert one.modified is not None
    assert one.published.first.isoformat() == "2019-06-13"
    assert one.modified.value == "2019-06-20T09:00:00+02:00"


def test_a_feed_that_lies_about_its_encoding_is_read() -> None:
    (one,) = read(
        "<?xml version='1.0' encoding='utf-8'?><rss><item><description>Café shut.</description></item></rss>".encode(
            "latin-1"
        )
    )
    assert one.text == "Café shut."


def test_entities_are_refused_at_once() -> None:
    nested = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    began = time.process_time()
    for subset in (
        f'<!ENTITY a0 "ha">{nested}',
        '<!ENTITY a11 SYSTEM "file:///etc/passwd">',
        '<!ENTITY % x SYSTEM "http://a.example/"> %x;',
    ):
        with pytest.raises(Unreadable, match="entities"):
            read(f"<!DOCTYPE r [{subset}]><rss><item><description>&a11;</description></item></rss>")
    assert time.process_time() - began < 1


@pytest.mark.parametrize("content", ["", "words", "<rss><item>", "<rss>" + "<a>" * 5_000 + "</rss>"])
def test_what_is_no_xml_is_refused(content: str) -> None:
    with pytest.raises(Unreadable, match=r"\.$"):
        read(content)


@pytest.mark.parametrize(
    "content", ["<sitemap><item><description>a</description></item></sitemap>", "<rss><channel/></rss>"]
)
def test_what_is_no_feed_or_holds_nothing_has_no_text(content: str) -> None:
    with pytest.raises(NoText):
        read(content)


def test_a_prefix_that_nobody_declared_costs_no_words() -> None:
    content = "<rss><channel><item><content:encoded>The pier was closed.</content:encoded></item></channel></rss>"
    (found,) = read(content)
    assert found.text == "The pier was closed."
