"""The words of a web page: which are taken, and that they are the page's own."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.document import Extract, Heading, Page, Raw, Speaker
from sources.errors import NoText, Unreadable
from sources.extract.html import extract

LONG = "The ferry board met on Monday and heard, for most of an hour, why no boat should sail after dark in winter."
MORE = "“No boat sails empty,” said Pilot Ada Moreno, who has worked the harbor for thirty years and keeps its log."
LAST = "The board will meet again at the end of the month, when the harbor’s lawyer is expected to speak at length."


def read(source: str | bytes, media_type: str = "text/html") -> Extract:
    content = source.encode() if isinstance(source, str) else source
    (found,) = extract(Raw("a.html", content, media_type, datetime(2024, 5, 1, tzinfo=UTC)))
    return found


def body(source: str) -> str:
    return read(
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>T</title></head><body>{source}</body></html>"
    ).text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One <b>two</b>\n  three<p>four", "One two three\n\nfour"),
        ("one<br>two<div>three</div>four", "one\ntwo\n\nthree\n\nfour"),
        ("<p>He said <q>so</q> and left", "He said so and left"),
        ("<p>H<sub>2</sub>O, 10<sup>6</sup>, 5 m<sup>2</sup>", "H2O, 106, 5 m2"),
        ("<p>Old <del>gone</del><s>gone</s> <ins>new</ins> words", "Old new words"),
        ("<table><tr><th>a<th>b<tr><td>c</td><td>d e</td></table>", "a\tb\n\nc\td e"),
        ("<ul><li>a<li>b <ol><li>c</ol></ul>", "a\n\nb\n\nc"),
        ("<p>no&nbsp;break, soft&shy;hyphen, don&#146;t", "no\xa0break, soft\xadhyphen, don’t"),
        ("<p>5 &lt; 6, AT&T, &bogus; &#x1F600;", "5 < 6, AT&T, &bogus; 😀"),
        ("<p>A<span>B</span>C <!-- no --> <?php no ?>D", "ABC D"),
        ("<p>Words" + "<script>no</script><style>no</style><template>no</template><noscript>no</noscript>", "Words"),
        ("<p>Words<span hidden>no</span><i style='DISPLAY : none'>no</i>", "Words"),
        ("<p>Words<b aria-hidden=true>no</b><u class='x sr-only'>no</u>", "Words"),
        ("<p>A claim.<sup><a href='#n1'>1</a></sup> And<a class=noteref>*</a>.<sup>12</sup>", "A claim. And."),
        ("<p>Words.<ol><li><a href='#fnref1'>1</a>The note.</ol>", "Words.\n\n1 The note."),
        ("<pre>a  b\n   c</pre>", "a  b\n\nc"),
    ],
)
def test_what_is_read(source: str, text: str) -> None:
    assert body(source) == text


FURNITURE = [
    "<nav><ul><li><a href=/>Home</a></ul></nav>",
    "<header><p>The Harbor Gazette, est. 1880</p></header>",
    "<div class='cookie-banner'><p>We use cookies and give them to 200 partners, as everybody does.</p></div>",
    "<aside><h3>Most read</h3><p>Ten ducks that look like mayors</p></aside>",
    "<div id=newsletter-box><p>Subscribe to our newsletter and never miss a boat again, nor a duck.</p></div>",
    "<section id=comments><p>First! What a load of nonsense this board is, and I was once on it.</p></section>",
    "<div role=dialog><p>Accept all of it</p></div>",
    "<footer><p>© 2019 The Harbor Gazette. All rights reserved.</p></footer>",
]


@pytest.mark.parametrize("furniture", FURNITURE)
def test_furniture_is_left_out(furniture: str) -> None:
    article = f"<article><h1>Ferry</h1><p>{LONG}</p><p>{MORE}</p><p>{LAST}</p></article>"
    expected = "\n\n".join(["Ferry", LONG, MORE, LAST])
    assert body(furniture + article) == expected
    assert body(article + furniture) == expected


def test_a_part_that_is_the_page_is_no_furniture_whatever_it_is_called() -> None:
    assert LONG in body(f"<div class='social story'><p>{LONG}</p><p>{MORE}</p></div>")


def test_quotations_lists_and_short_lines_inside_the_story_stay() -> None:
    story = f"<p>{LONG}</p><blockquote>No.</blockquote><p>{MORE}</p><ul><li>One boat.</li></ul><p>{LAST}</p>"
    assert body(f"<article>{story}</article>") == "\n\n".join([LONG, "No.", MORE, "One boat.", LAST])


def test_a_long_report_is_taken_whole() -> None:
    notes = "".join(f"<div><p>{number} See {LONG}</p></div>" for number in range(200))
    text = body(f"<h2>Report</h2><p>{MORE}</p><div>{notes}</div>")
    assert text.count(LONG) == 200
    assert text.startswith("Report")


def test_headings_are_marked() -> None:
    found = read(f"<h1>Ferry <i>news</i></h1><p>{LONG}</p><h3>Later</h3><p>{MORE}</p>")
    marks = [(found.text[m.start : m.end], m.value) for m in found.marks if isinstance(m.value, Heading)]
    assert marks == [("Ferry news", Heading(1)), ("Later", Heading(3))]


RECORD = """<html><head><title>Harbor Record, Volume 3 (Monday, June 3, 2019)</title></head><body><pre>
[Harbor Record Volume 3]
[Pages H6-H7]



                       THE FERRY AND THE
                         HARBOR LIGHTS

  Ms. MORENO. Madam Speaker, the ferry sails at
dawn and the harbor is

[[Page H7]]

dark.
  It is dark.
  The SPEAKER pro tempore. The time of the
member has expired.
  Ms. MORENO. I thank the
Chair.
  Light              3
  Dark             400
</pre></body></html>"""


def test_preformatted_paragraphs_pages_and_turns() -> None:
    found = read(RECORD)
    assert found.text.split("\n\n") == [
        "[Harbor Record Volume 3]\n[Pages H6-H7]",
        "THE FERRY AND THE\nHARBOR LIGHTS",
        "Ms. MORENO. Madam Speaker, the ferry sails at\ndawn and the harbor is\ndark.",
        "It is dark.",
        "The SPEAKER pro tempore. The time of the\nmember has expired.",
        "Ms. MORENO. I thank the\nChair.",
        "  Light              3\n  Dark             400",
    ]
    pages = {
        mark.value.printed: found.text[mark.start : mark.end] for mark in found.marks if isinstance(mark.value, Page)
    }
    assert pages["H6"].endswith("the harbor is")
    assert pages["H7"].startswith("dark.")
    speakers = [mark.value.label for mark in found.marks if isinstance(mark.value, Speaker)]
    assert speakers == ["Ms. MORENO", "The SPEAKER pro tempore", "Ms. MORENO"]
    assert found.published
    assert found.published.value == "2019-06-03"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<html></html>",
        "<!-- only a comment -->",
        "<title>App</title><div id=root></div><noscript>Enable scripts</noscript><script>var a = 'words'</script>",
        "<p>&nbsp;&#8203;</p><img src=a.png alt=picture>",
    ],
)
def test_a_page_without_words_is_no_text(source: str) -> None:
    with pytest.raises(NoText):
        read(source)


def test_a_page_that_is_cut_for_its_depth_is_refused() -> None:
    with pytest.raises(Unreadable, match="nested"):
        read("<p>Words" + "<div>" * 5000 + "deep")


def test_an_unclosed_title_hides_nothing() -> None:
    found = read(f"<html><head><title>Ferry<body><p>{LONG}")
    assert (found.title, found.text) == ("Ferry", LONG)


def test_very_little_text_is_told() -> None:
    assert "error page" in read("<h1>404</h1><p>It does not exist.").warnings[-1]
    assert read(f"<p>{LONG}<p>{MORE}").warnings == ()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        ("<meta charset=utf-8><p>“Señor”".encode("cp1252"), "text/html"),
        ("<meta charset=windows-1252><p>“Señor”".encode(), "text/html; charset=latin-1"),
        ("<?xml version='1.0' encoding='utf-16'?><html><body><p>“Señor”</p></body></html>".encode("utf-16"), ""),
        ("<p>“Señor”".encode("latin-1", "xmlcharrefreplace"), ""),
    ],
)
def test_encodings_that_lie(content: bytes, media_type: str) -> None:
    assert read(content, media_type).text == "“Señor”"


WORD = st.sampled_from(["alpha", "beta", "gamma, delta", "“eta”", "12", "no\xa0way", "&amp;", "<br>", "\n", " "])
INLINE: list[Callable[[str], str]] = [
    lambda inner: f"<b>{inner}</b>",
    lambda inner: f"<a href='#fn1'>{inner}</a>",
    lambda inner: f"<sup>{inner}</sup>",
    lambda inner: f"<q>{inner}</q>",
    lambda inner: f"<p>{inner}",
    lambda inner: f"<div class=ad>{inner}</div>",
    lambda inner: f"<li>{inner}",
    lambda inner: f"<pre>{inner}</pre>",
    lambda inner: f"<table><tr><td>{inner}<td>{inner}</table>",
    lambda inner: f"<h2>{inner}</h2>",
    lambda inner: f"<blockquote>{inner}</blockquote>",
    lambda inner: inner,
]


def wrapped(wrap: Callable[[str], str], parts: list[str]) -> str:
    return wrap("".join(parts))


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(wrapped, st.sampled_from(INLINE), st.lists(inner, min_size=1, max_size=5))


MARKUP: st.SearchStrategy[str] = st.recursive(WORD, nested)


@given(MARKUP)
def test_every_letter_is_the_pages_own_in_its_order(source: str) -> None:
    plain = re.sub(r"<[^>]*>", "", f"begin {source}").replace("&amp;", "&")
    letters = iter(plain)
    assert all(letter in letters for letter in re.sub(r"[ \t\n]", "", read(f"<p>begin {source}").text))


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("Shift_JIS", "cp932", "委員会は火曜日に、①カメラの提供を拒否した。"),
        ("x-sjis", "cp932", "委員会は火曜日に、カメラの提供を拒否した。"),
        ("EUC-JP", "euc_jp", "委員会は火曜日に、カメラの提供を拒否した。"),
        ("gb2312", "gbk", "委员会星期二投票拒绝了一家公司，朱镕基说。"),
        ("Big5", "big5", "委員會星期二投票拒絕了一家公司。"),
        ("ks_c_5601-1987", "cp949", "위원회는 화요일에 제안을 거부했다. 펲시"),
        ("iso-8859-11", "cp874", "คณะกรรมการลงมติเมื่อ “วันอังคาร”"),
        ("iso-8859-8-i", "iso8859-8", "הוועדה דחתה ביום שלישי את ההצעה"),
        ("x-mac-roman", "mac_roman", "He wasn’t at the café."),
    ],
)
def test_a_declared_encoding_holds_however_much_markup_there_is(declared: str, encoding: str, text: str) -> None:
    markup = '<div class="a-long-name"></div>' * 100
    page = f'<script charset="utf-8"></script><meta charset="{declared}">{markup}<p>{text}</p>'.encode(encoding)
    assert read(page).text == text
    damaged = page.replace(b"</p>", b"</p><p>x\xff y</p>")
    assert text in read(damaged).text


def test_what_stands_far_off_the_screen_is_not_seen() -> None:
    hidden = '<p style="position: absolute; left: -9999px">Buy a boat.</p>'
    assert read(f"<p>The pier was closed.</p>{hidden}").text == "The pier was closed."


def test_a_crowd_of_attributes_costs_neither_time_nor_words() -> None:
    crowd = " ".join(f"a{number}='>'" for number in range(200_000))
    assert body(f"<p>One.</p><p {crowd} b=c d>Two.</p>") == "One.\n\nTwo."


def test_declarations_inside_the_document_type_are_no_words() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY who "Moss">]><html><head><title>T</title></head><body><p>The pier.</p></body></html>'
    )
    assert read(page).text == "The pier."
