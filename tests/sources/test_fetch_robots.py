"""What a robots.txt allows, by the rules and the examples of RFC 9309."""

import pytest

from sources.fetch.answers import Answer
from sources.fetch.robots import Robots, read_robots

HOST = "https://example.org"


def rules(text: str | bytes, status: int = 200) -> Robots:
    content = text if isinstance(text, bytes) else text.encode()
    return read_robots(Answer(f"{HOST}/robots.txt", status, {}, content), 0.0)


@pytest.mark.parametrize(
    ("rule", "covered", "free"),
    [
        ("/", ["/", "/a", "/a?b"], []),
        ("/fish", ["/fish", "/fish.html", "/fish/salmon", "/fishheads", "/fish.php?id=1"], ["/Fish", "/catfish", "/"]),
        ("/fish*", ["/fish", "/fishheads"], ["/catfish"]),
        ("/fish/", ["/fish/", "/fish/?id=1"], ["/fish", "/fish.html"]),
        ("/*.php", ["/index.php", "/folder/any.php.html", "/a.php?x"], ["/", "/windows.PHP"]),
        ("/*.php$", ["/filename.php", "/folder/filename.php"], ["/filename.php?x", "/filename.php/", "/filename.php5"]),
        ("/fish*.php", ["/fish.php", "/fishheads/catfish.php?x"], ["/Fish.PHP", "/fish"]),
        ("/*?print=", ["/a?print=1"], ["/a", "/a?b"]),
        ("/*", ["/", "/a"], []),
        ("/a$", ["/a"], ["/a/", "/ab"]),
        ("/*/b*c$", ["/a/bc", "/a/b/xc"], ["/a/bcd", "/b"]),
        ("/caf%C3%A9", ["/café", "/caf%C3%A9/x"], ["/cafe"]),
        ("", [], ["/", "/a"]),
    ],
)
def test_what_a_rule_covers(rule: str, covered: list[str], free: list[str]) -> None:
    robots = rules(f"User-agent: *\nDisallow: {rule}")
    assert [path for path in covered if robots.allow(HOST + path)] == []
    assert [path for path in free if not robots.allow(HOST + path)] == []


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /\nAllow: /p", "/page", True),
        ("User-agent: *\nAllow: /p\nDisallow: /", "/other", False),
        ("User-agent: *\nAllow: /folder\nDisallow: /folder", "/folder/page", True),
        ("User-agent: *\nAllow: /page\nDisallow: /*.htm", "/page.htm", False),
        ("User-agent: *\nAllow: /$\nDisallow: /", "/", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: QuoteDesk\nDisallow: /x", "/a", True),
        ("User-agent: quotedesk\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: other\nUser-agent: Quotedesk/1.0\n\n# so\nDisallow: /a # here", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /a\nSitemap: /s.xml\n\nUser-agent: *\nDisallow: /b", "/b", False),
        ("Disallow: /", "/a", True),
        ("\ufeffUSER-AGENT : *\r\nDISALLOW:/a", "/a", False),
        ("<html>Not found: no rules", "/a", True),
    ],
)
def test_whose_rules_count_and_which_of_them_decides(text: str, path: str, allowed: bool) -> None:
    assert rules(text).allow(HOST + path) is allowed


@pytest.mark.parametrize(
    ("written", "delay"), [("2", 2.0), ("0.5", 0.5), ("-1", 0.0), ("nan", 0.0), ("1e9", 0.0), ("", 0.0)]
)
def test_a_pause_is_a_plain_number_of_seconds(written: str, delay: float) -> None:
    assert rules(f"User-agent: *\nCrawl-delay: {written}").delay == delay


def test_what_is_no_success_has_no_rules_and_stray_bytes_do_no_harm() -> None:
    assert rules("User-agent: *\nDisallow: /", 404).allow(f"{HOST}/a")
    assert not rules(b"\xff\xfe\0junk\nUser-agent: *\nDisallow: /a").allow(f"{HOST}/a")


def test_a_spiteful_rule_costs_no_time() -> None:
    robots = rules("User-agent: *\nDisallow: /" + "*a" * 5000 + "$")
    assert robots.allow(HOST + "/" + "a" * 4000 + "b")
