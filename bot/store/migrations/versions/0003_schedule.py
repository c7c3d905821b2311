"""When each source is read again by itself. What was added before gets what its kind gets when it is added now.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

HOUR = 60 * 60
DAY = 24 * HOUR
EVERY = {"folder": 0, "feed": HOUR, "web": DAY, "sitemap": DAY, "starter": 7 * DAY}
"""In seconds, by connector. A folder, watched from now on, may be that of the uploads: a look at it does no harm."""


def upgrade() -> None:
    op.add_column("sources", sa.Column("every", sa.Integer))
    op.add_column("sources", sa.Column("attempted", sa.DateTime(timezone=True)))
    op.add_column("sources", sa.Column("failures", sa.Integer, nullable=False, server_default="0"))
    sources = sa.table("sources", sa.column("connector"), sa.column("every"))
    for connector, seconds in EVERY.items():
        op.execute(sources.update().where(sources.c.connector == connector).values(every=seconds))
