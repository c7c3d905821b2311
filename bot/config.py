"""The settings: one TOML file and environment variables over it, read once, whole; all complaints come at once."""

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, cast
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.errors import BadConfiguration
from sources.memento import is_service

CONFIG_FILE = "QUOTEDESK_CONFIG"
_SLACK_ID = re.compile(r"[UWS][A-Z0-9]{2,}")
SHORTEST_KEY = 32
_MOST_SEARCHING = 4
_FOR_PAGES = ("public_url", "secret_key", "slack_bot_token", "slack_client_id", "slack_client_secret")
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?")


class Config(BaseSettings):
    """All settings. Each has one name: in capitals as an environment variable, in small letters in the TOML file."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, env_ignore_empty=True, hide_input_in_errors=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("quotedesk", appauthor=False), validation_alias="quotedesk_home"
    )
    database_url: SecretStr | None = Field(default=None, validation_alias="quotedesk_database_url")
    engine: str = Field(default="whoosh", validation_alias="quotedesk_engine")
    search_processes: int | None = Field(default=None, ge=0, le=64, validation_alias="quotedesk_search_processes")
    index_memory: int = Field(default=1024, ge=256, validation_alias="quotedesk_index_memory")
    allowed_hosts: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(), validation_alias="quotedesk_allowed_hosts"
    )
    editors: Annotated[frozenset[str], NoDecode] = Field(default=frozenset(), validation_alias="quotedesk_editors")
    archive_url: str | None = Field(default=None, validation_alias="quotedesk_archive_url")
    contact: str | None = Field(default=None, validation_alias="quotedesk_contact")
    log_askers: bool = Field(default=True, validation_alias="quotedesk_log_askers")
    slack_api_url: str = Field(default="https://slack.com/api/", validation_alias="quotedesk_slack_api_url")
    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    public_url: str | None = Field(default=None, validation_alias="quotedesk_public_url")
    secret_key: SecretStr | None = Field(default=None, validation_alias="quotedesk_secret_key")

    @property
    def searching(self) -> int:
        """How many processes search for a server: what is set, else one a core, at most four, and none where there is
        one core. With none, the server searches itself.
        """
        cores = os.cpu_count() or 1
        fitting = min(cores, _MOST_SEARCHING) if cores > 1 else 0
        return fitting if self.search_processes is None else self.search_processes

    @property
    def pages_need(self) -> tuple[str, ...]:
        """The settings without which nobody can sign in to the pages, and which are not set; empty: pages are on."""
        return tuple(_name((field,)) for field in _FOR_PAGES if getattr(self, field) is None)

    @property
    def pages_at(self) -> str | None:
        """Where Quotedesk's own pages are served (`https://quotes.example.org`), None where they are not."""
        return None if self.pages_need else self.public_url

    @field_validator("home")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("engine")
    @classmethod
    def _known_engine(cls, value: str) -> str:
        if value == "opensearch":
            raise ValueError("the OpenSearch engine is not there yet; use whoosh")
        if value != "whoosh":
            raise ValueError(f"there is no engine {value!r}; use whoosh")
        return value

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        """As in `intranet.example, archive.example:8080`."""
        hosts = [host.strip().lower() for host in value.split(",")] if isinstance(value, str) else value
        if isinstance(hosts, list) and not all(
            isinstance(h, str) and _HOST.fullmatch(h) for h in cast("list[Any]", hosts)
        ):
            raise ValueError(
                "this must be host names, each with a port where only that one is meant, and commas between"
            )
        return cast("object", hosts)

    @field_validator("editors", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        """As in `U012AB3CD, S045EF6GH`: people and user groups."""
        ids = [one.strip() for one in value.split(",")] if isinstance(value, str) else value
        if isinstance(ids, list) and not all(
            isinstance(one, str) and _SLACK_ID.fullmatch(one) for one in cast("list[Any]", ids)
        ):
            raise ValueError("this must be Slack ids of people and user groups, with commas between")
        return cast("object", ids)

    @field_validator("contact")
    @classmethod
    def _one_line(cls, value: str | None) -> str | None:
        if value is not None and not (value.isascii() and value.isprintable()):
            raise ValueError("this must be one line of plain letters, such as an e-mail address")
        return value

    @field_validator("archive_url")
    @classmethod
    def _service(cls, value: str | None) -> str | None:
        """As in `https://archive.org/wayback/available?url={url}`."""
        if value is not None and not is_service(value):
            raise ValueError("this must be an http or https address with {url} in it where the page's address belongs")
        return value

    @field_validator("public_url")
    @classmethod
    def _own_address(cls, value: str | None) -> str | None:
        """As in `https://quotes.example.org`."""
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc.lower()) or parts.path.strip("/"):
            raise ValueError("this must be an http or https address without a path, such as https://quotes.example.org")
        return f"{parts.scheme}://{parts.netloc.lower()}"

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < SHORTEST_KEY:
            raise ValueError(f"this must be at least {SHORTEST_KEY} characters that nobody can guess")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname:
            raise ValueError("this must be an http or https address")
        return value.rstrip("/") + "/"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before the file. No `.env` and no folder of secrets is named, so those bring nothing."""
        file = os.environ.get(CONFIG_FILE)
        toml = (TomlConfigSettingsSource(settings_cls, Path(file)),) if file else ()
        return (init_settings, env_settings, dotenv_settings, file_secret_settings, *toml)


def load() -> Config:
    """Read the settings. Raises BadConfiguration with every problem in one message and no secret in it."""
    file = os.environ.get(CONFIG_FILE)
    if file and not Path(file).is_file():
        raise BadConfiguration(f"{CONFIG_FILE} names {file}, and there is no such file.")
    try:
        return Config()
    except tomllib.TOMLDecodeError as error:
        raise BadConfiguration(f"{file} is not valid TOML: {error}.") from error
    except ValidationError as error:
        problems = [
            f"{_name(problem['loc'])}: {_sentence(problem['type'], problem['msg'])}" for problem in error.errors()
        ]
        raise BadConfiguration("The settings can't be used. " + "; ".join(problems) + ".") from None


def _name(location: tuple[int | str, ...]) -> str:
    """The setting as the person wrote it, as far as it can be known: the environment's spelling."""
    field = Config.model_fields.get(str(location[0]))
    return str((field and field.validation_alias) or location[0]).upper()


def _sentence(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "there is no such setting"
    return message.removeprefix("Value error, ").removeprefix("Input should be ")
