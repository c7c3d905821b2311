"""The settings without which there are no pages."""

import pytest

from bot.config import Config, load
from bot.doctor import examine
from bot.errors import BadConfiguration

ALL = {
    "QUOTEDESK_PUBLIC_URL": "https://Quotes.example.org/",
    "QUOTEDESK_SECRET_KEY": "x" * 32,
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "s",
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    for name, field in Config.model_fields.items():
        monkeypatch.delenv(str(field.validation_alias or name).upper(), raising=False)
    monkeypatch.setenv("QUOTEDESK_HOME", f"{tmp_path}/home")


def test_pages_are_on_where_one_can_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ALL.items():
        monkeypatch.setenv(name, value)
    config = load()
    assert (config.pages_need, config.pages_at) == ((), "https://quotes.example.org")


@pytest.mark.parametrize("missing", ALL)
def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name, value in ALL.items():
        monkeypatch.setenv(name, "" if name == missing else value)
    config = load()
    assert (config.pages_need, config.pages_at) == ((missing,), None)


@pytest.mark.parametrize(
    "address", ["quotes.example.org", "ftp://x.org", "https://x.org/desk", "https://u@x.org", "https://"]
)
def test_an_address_is_one_of_our_own_server(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("QUOTEDESK_PUBLIC_URL", address)
    with pytest.raises(BadConfiguration, match="QUOTEDESK_PUBLIC_URL: this must be an http or https address without"):
        load()


def test_a_short_secret_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEDESK_SECRET_KEY", "guessme")
    with pytest.raises(BadConfiguration, match="at least 32 characters") as failed:
        load()
    assert "guessme" not in str(failed.value)


async def test_the_doctor_tells_why_pages_are_off(monkeypatch: pytest.MonkeyPatch) -> None:
    async def pages() -> tuple[bool, str]:
        (found,) = [finding for finding in await examine(load()) if finding.name == "pages"]
        return found.ok, found.detail

    assert await pages() == (True, f"off: nobody can sign in without {', '.join(ALL)}")
    monkeypatch.setenv("QUOTEDESK_PUBLIC_URL", "https://quotes.example.org")
    ok, told = await pages()
    assert not ok
    assert told == f"The pages are off, as nobody could sign in: set {', '.join(list(ALL)[1:])} too."
