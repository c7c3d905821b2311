"""The settings: where they come from, and how they are refused."""

from pathlib import Path

import pytest

from bot.config import Config, load
from bot.errors import BadConfiguration

NAMES = (
    "QUOTEDESK_CONFIG",
    *((str(field.validation_alias or name)).upper() for name, field in Config.model_fields.items()),
)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def write(folder: Path, toml: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "desk.toml").write_text(toml)
    monkeypatch.setenv("QUOTEDESK_CONFIG", str(folder / "desk.toml"))


def test_without_settings_the_defaults_hold() -> None:
    config = load()
    assert config.home.is_absolute()
    assert config.home.name == "quotedesk"
    assert (config.engine, config.slack_api_url, config.slack_bot_token) == ("whoosh", "https://slack.com/api/", None)


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 'quotedesk_home = "/from/file"\nslack_bot_token = "xoxb-file"\n', monkeypatch)
    monkeypatch.setenv("QUOTEDESK_HOME", "/from/environment")
    config = load()
    assert config.home == Path("/from/environment")
    assert config.slack_bot_token is not None
    assert config.slack_bot_token.get_secret_value() == "xoxb-file"


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "")
    assert load().slack_bot_token is None


def test_a_home_may_be_written_with_a_tilde_or_relative(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEDESK_HOME", "~/desk")
    assert load().home == Path.home() / "desk"
    monkeypatch.setenv("QUOTEDESK_HOME", "desk")
    assert load().home == Path.cwd() / "desk"


def test_an_api_address_ends_with_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEDESK_SLACK_API_URL", "http://127.0.0.1:3000/api")
    assert load().slack_api_url == "http://127.0.0.1:3000/api/"


def test_every_problem_is_told_at_once_and_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 'slack_bot_token = 31337\nquotedesk_hoem = "/x"\n', monkeypatch)
    monkeypatch.setenv("QUOTEDESK_ENGINE", "sphinx")
    monkeypatch.setenv("QUOTEDESK_SLACK_API_URL", "nowhere")
    with pytest.raises(BadConfiguration) as refused:
        load()
    message = str(refused.value)
    for name in ("QUOTEDESK_ENGINE", "QUOTEDESK_SLACK_API_URL", "SLACK_BOT_TOKEN", "QUOTEDESK_HOEM"):
        assert name in message
    assert "sphinx" in message
    assert "there is no such setting" in message
    assert "31337" not in message


def test_an_engine_to_come_is_told_apart_from_one_unheard_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEDESK_ENGINE", "opensearch")
    with pytest.raises(BadConfiguration, match="OpenSearch engine is not there yet"):
        load()


@pytest.mark.parametrize("toml", [None, "no = [toml"])
def test_a_file_that_can_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toml: str | None
) -> None:
    file = tmp_path / "desk.toml"
    if toml is not None:
        file.write_text(toml)
    monkeypatch.setenv("QUOTEDESK_CONFIG", str(file))
    with pytest.raises(BadConfiguration, match=r"desk\.toml"):
        load()


def test_secrets_are_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "QUOTEDESK_DATABASE_URL"):
        monkeypatch.setenv(name, "hush-hush")
    config = load()
    assert "hush-hush" not in repr(config) + str(config) + config.model_dump_json()
