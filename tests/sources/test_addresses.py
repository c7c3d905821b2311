"""Which spellings of an address are one page, and which copies are whose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.addresses import archived, canonical, declared_canonical, plain_form

PAGE = "https://example.org/2019/story?id=7"


@pytest.mark.parametrize(
    "spelling",
    [
        "HTTPS://EXAMPLE.org/2019/story?id=7",
        "https://example.org:443/2019/story?id=7",
        "https://example.org./2019/story?id=7",
        " https://example.org/2019/story?id=7#comments ",
        "https://example.org/2019/story?id=7#:~:text=words",
        "https://example.org/2019/story?utm_source=x&utm_medium=y&id=7&fbclid=z",
        "https://example.org/2019/story?gclid=1&id=7&mc_cid=2&mc_eid=3&msclkid=4&_hsenc=5&igshid=6&dclid=7&twclid=8",
        "https://example.org/2019/story?id=7&amp=1",
        "https://example.org/2019/story?id=7&outputType=amp",
        "https://example.org/2019/story?print=1&id=7",
        "https://example.org/2019/story?id=7&amp",
    ],
)
def test_spellings_of_one_page(spelling: str) -> None:
    assert canonical(spelling) == PAGE


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "http://example.org:8080/a",
        "https://example.org/a/?b=&c",
        "https://example.org/app#!/page/2",
        "https://example.org/a%20b/C?Q=%C3%A9",
        "https://example.org/search?print=2019&id=amp",
        "https://example.org/products/amp",
        "http://[2606:2800::1]:8080/a",
    ],
)
def test_what_tells_pages_apart_stays(address: str) -> None:
    assert canonical(address) == address


@pytest.mark.parametrize("address", ["ftp://example.org/", "example.org", "https://", "https://[", "/srv/papers"])
def test_what_is_no_web_address_has_no_canonical_form(address: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical(address)


def test_a_password_is_not_lost_silently() -> None:
    assert canonical("https://me:secret@example.org/") == "https://me:secret@example.org/"


@given(st.text("abc./?&=#!%:@[]1_ut", max_size=40).map("https://example.org/".__add__))
def test_the_canonical_form_is_its_own(address: str) -> None:
    once = canonical(address)
    assert canonical(once) == once


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<link rel="canonical" href="https://example.org/story">', "https://example.org/story"),
        ("<LINK HREF='/story?utm_source=self' REL='Canonical'/>", "https://amp.example.org/story"),
        ("<link rel=canonical href=//www.example.org/a&amp;b>", "https://www.example.org/a&b"),
        ('<link rel="canonical" href="https://other.example/story">', None),
        ('<link rel="canonical" href="https://example.org/">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical">', None),
        ('<link rel="stylesheet" href="/story">', None),
    ],
)
def test_a_page_may_declare_another_address_of_its_own_site(link: str, found: str | None) -> None:
    assert declared_canonical(f"<html><head>{link}</head>", "https://amp.example.org/amp/story") == found


def test_an_amp_or_print_form_folds_only_into_a_page_that_is_known() -> None:
    story = "https://example.org/2019/story"
    for form in ("/2019/story/amp", "/2019/story/amp/", "/amp/2019/story", "/print/2019/story", "/2019/print/story/"):
        assert plain_form(f"https://example.org{form}", None, {story}) == story
        assert plain_form(f"https://example.org{form}", None, {"https://example.org/"}) is None
    assert plain_form("https://amp.example.org/x", story, {story}) == story
    assert plain_form(story, story, {story}) is None


WAYBACK = "https://web.archive.org/web/20190502013000/https://example.org/a?utm_source=x&b=1"


def test_a_copy_in_an_archive_tells_whose_copy_it_is() -> None:
    found = archived(WAYBACK)
    assert found is not None
    assert (found.original, found.copy) == ("https://example.org/a?b=1", WAYBACK)
    assert found.bare == "https://web.archive.org/web/20190502013000id_/https://example.org/a?utm_source=x&b=1"
    assert canonical(WAYBACK) == WAYBACK


@pytest.mark.parametrize(
    "copy",
    [
        "http://web.archive.org/web/2019/example.org/a",
        "https://web.archive.org/web/20190502if_/http:/example.org/a",
        "https://archive.org/web/20190502/http://example.org:80/a",
        "https://archive.today/20190502120000/http://example.org/a",
        "https://archive.ph/2019.05.02-120000/http://example.org/a",
        "https://archive.is/o/AbC12/http://example.org/a",
    ],
)
def test_the_archives_write_it_in_many_ways(copy: str) -> None:
    found = archived(copy)
    assert found is not None
    assert (found.original, found.copy) == ("http://example.org/a", copy)


@pytest.mark.parametrize(
    "address",
    [PAGE, "https://archive.ph/AbC12", "https://web.archive.org/", "https://web.archive.org/web/2019/ftp://a/",
     "https://evil.example/web/20190502/https://example.org/a"],
)  # fmt: skip
def test_other_addresses_are_no_copies(address: str) -> None:
    assert archived(address) is None
