"""The settings of the web."""

from pathlib import Path

import pytest

from bot.config import load
from bot.errors import BadConfiguration


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUOTEDESK_CONFIG", "QUOTEDESK_ARCHIVE_URL", "QUOTEDESK_ALLOWED_HOSTS", "QUOTEDESK_CONTACT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QUOTEDESK_HOME", str(tmp_path))


def test_no_host_is_allowed_and_no_contact_given_unless_set() -> None:
    assert (load().allowed_hosts, load().contact) == (frozenset(), None)


def test_an_archive_is_asked_only_where_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().archive_url is None
    for wrong in ("archive.org", "https://archive.example/?url=", "https://archive.example/{url}/{url}"):
        monkeypatch.setenv("QUOTEDESK_ARCHIVE_URL", wrong)
        with pytest.raises(BadConfiguration, match="QUOTEDESK_ARCHIVE_URL: this must be an http or https address"):
            load()
    monkeypatch.setenv("QUOTEDESK_ARCHIVE_URL", "https://archive.org/wayback/available?url={url}")
    assert load().archive_url == "https://archive.org/wayback/available?url={url}"


@pytest.mark.parametrize(
    "written", ["Intranet.example, 10.0.0.5:8080 ,[::1]:80", "intranet.example,10.0.0.5:8080,[::1]:80"]
)
def test_allowed_hosts_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("QUOTEDESK_ALLOWED_HOSTS", written)
    assert load().allowed_hosts == {"intranet.example", "10.0.0.5:8080", "[::1]:80"}


def test_in_the_file_they_are_written_the_same_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('quotedesk_allowed_hosts = "a.example, b.example:81"\nquotedesk_contact = "desk@example.org"\n')
    monkeypatch.setenv("QUOTEDESK_CONFIG", str(file))
    assert load().allowed_hosts == {"a.example", "b.example:81"}
    assert load().contact == "desk@example.org"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUOTEDESK_ALLOWED_HOSTS", "http://intranet.example/"),
        ("QUOTEDESK_ALLOWED_HOSTS", "a.example,,b.example"),
        ("QUOTEDESK_CONTACT", "desk@example.org\r\nX-Evil: yes"),
    ],
)
def test_what_can_be_no_host_or_no_contact_is_said_to_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadConfiguration, match=f"{name}: this must be"):
        load()
