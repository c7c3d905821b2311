"""Brings the database to this version's tables, by the Alembic migrations that are packaged beside this file."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.errors import StoreUnavailable
from bot.store.database import Database

if TYPE_CHECKING:
    from alembic.config import Config


async def migrate(database: Database) -> None:
    """Run the migrations that are missing, in one transaction. Processes that start together wait for each other.

    Raises StoreUnavailable also when the database was made by a newer Quotedesk.
    """
    await database.probe()
    async with database.reading() as connection:
        if await connection.run_sync(_is_current):
            return
    await database.write(lambda connection: connection.run_sync(_upgrade))


def _is_current(connection: Connection) -> bool:
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    head = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head


def _upgrade(connection: Connection) -> None:
    from alembic.command import upgrade
    from alembic.util import CommandError

    config = _config()
    config.attributes["connection"] = connection
    try:
        upgrade(config, "head")
    except CommandError as error:
        raise StoreUnavailable("The database was made by a newer Quotedesk: start that one.") from error


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    return config
