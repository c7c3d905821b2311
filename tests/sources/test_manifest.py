"""The sidecar manifest: what each key means, and that a fault costs no more than its own line or field."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.connectors.manifest import MAX_FAULTS, Manifest, read_manifest
from sources.document import Origin, PartialDate
from sources.port import Declared


def lines(*entries: object) -> bytes:
    return "\n".join(json.dumps(entry) for entry in entries).encode()


def told(manifest: Manifest) -> list[tuple[str, str]]:
    return [(refused.location, refused.reason) for refused in manifest.refused]


def test_every_key_fills_its_field() -> None:
    manifest = read_manifest(
        lines(
            {
                "path": "./minutes/june.txt",
                "title": "  Harbor\n commission ",
                "date": "2019-06",
                "publisher": "Harbor Gazette",
                "author": "D. Whitcomb",
                "kind": "minutes",
                "url": "https://harbor.example/june",
                "archived_url": "http://archive.example/june",
                "language": "en",
                "speaker": "Dolores Whitcomb",
                "sha256": "not read",
                "published": "not a key",
            }
        )
    )
    assert manifest == Manifest(
        {
            "minutes/june.txt": Declared(
                title="Harbor commission",
                publisher="Harbor Gazette",
                author="D. Whitcomb",
                kind="minutes",
                url="https://harbor.example/june",
                archived_url="http://archive.example/june",
                published=PartialDate.parse("2019-06", Origin.DECLARED),
                speaker="Dolores Whitcomb",
                language="en",
            )
        }
    )


@pytest.mark.parametrize(
    ("written", "value"),
    [("2019", "2019"), (2019, "2019"), ("July 25, 2019", "2019-07-25"), ("2019-07-25", "2019-07-25")],
)
def test_a_date_keeps_its_precision_and_is_the_keepers_word(written: object, value: str) -> None:
    published = read_manifest(lines({"path": "a", "date": written})).declared["a"].published
    assert published == PartialDate.parse(value, Origin.DECLARED)


def test_byte_order_mark_crlf_and_blank_lines_are_fine() -> None:
    content = b'\xef\xbb\xbf{"path": "a"}\r\n\r\n  \r\n{"path": "b", "kind": "memo"}\r\n'
    assert read_manifest(content) == Manifest({"a": Declared(), "b": Declared(kind="memo")})


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_an_empty_value_is_none_without_complaint(empty: str | None) -> None:
    entry = {"path": "a", "title": empty, "date": empty, "url": empty, "speaker": empty}
    assert read_manifest(lines(entry)) == Manifest({"a": Declared()})


def test_a_list_of_speakers_is_no_attribution() -> None:
    assert read_manifest(lines({"path": "a", "speaker": ["Mr. A", "Ms. B"]})) == Manifest({"a": Declared()})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{oops", "not JSON"),
        (b"[" * 200_000, "not JSON"),
        (b'{"path": "\xff"}', "not UTF-8"),
        (b'["a"]', "not a JSON object"),
        (b"{}", "names no path"),
        (b'{"path": 7}', "`path` is not text"),
        (b'{"path": "../a"}', "inside the folder"),
        (b'{"path": "x/../../a"}', "inside the folder"),
        (b'{"path": "/etc/passwd"}', "inside the folder"),
        (b'{"path": "."}', "inside the folder"),
        (b'{"path": "a\\u0000b"}', "characters"),
        (b'{"path": "\\ud800"}', "characters"),
    ],
)
def test_a_broken_line_is_told_with_its_number_and_the_rest_goes_on(line: bytes, reason: str) -> None:
    manifest = read_manifest(b'{"path": "first"}\n' + line + b'\n{"path": "last"}')
    assert list(manifest.declared) == ["first", "last"]
    [(location, why)] = told(manifest)
    assert location == "manifest.jsonl:2"
    assert reason in why


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("date", "last Tuesday", "not a date"),
        ("date", "2019-02-31", "not a date"),
        ("date", ["2019"], "not text"),
        ("url", "javascript:alert(1)", "not a web address"),
        ("url", "file:///etc/passwd", "not a web address"),
        ("url", "https://", "not a web address"),
        ("url", "https://[oops", "not a web address"),
        ("url", "https://a.example/two words", "not a web address"),
        ("archived_url", "ftp://a.example", "not a web address"),
        ("speaker", {"name": "A"}, "not text"),
        ("title", "x" * 5000, "longer than"),
    ],
)
def test_a_bad_field_is_told_and_the_rest_of_its_line_holds(key: str, value: object, reason: str) -> None:
    manifest = read_manifest(lines({"path": "a", key: value, "publisher": "Harbor Gazette"}))
    assert manifest.declared == {"a": Declared(publisher="Harbor Gazette")}
    [(location, why)] = told(manifest)
    assert location == "manifest.jsonl:1"
    assert f"`{key}`" in why
    assert reason in why


def test_of_two_lines_for_one_path_the_later_holds_and_it_is_told() -> None:
    manifest = read_manifest(lines({"path": "a", "title": "Old"}, {"path": "b"}, {"path": "a", "title": "New"}))
    assert manifest.declared["a"].title == "New"
    assert told(manifest) == [("manifest.jsonl:3", "a has an earlier line; this one is used.")]


def test_what_is_no_manifest_is_given_up_in_time() -> None:
    manifest = read_manifest(b"no\n" * (MAX_FAULTS * 3))
    assert len(manifest.refused) == MAX_FAULTS + 1
    assert f"line {MAX_FAULTS} was not read" in manifest.refused[-1].reason


@given(st.binary() | st.lists(st.dictionaries(st.text(), st.text() | st.integers())).map(lambda x: lines(*x)))
def test_whatever_it_holds_reading_never_raises_and_its_words_can_be_stored(content: bytes) -> None:
    manifest = read_manifest(content)
    for path, declared in manifest.declared.items():
        f"{path}{declared}".encode()
    for refused in manifest.refused:
        refused.reason.encode()
