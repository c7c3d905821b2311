"""What a feed or a sitemap was when it was last worked off.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "listings",
        sa.Column("source_id", sa.String(64), sa.ForeignKey("sources.id"), primary_key=True),
        sa.Column("workspace_id", sa.String(64), nullable=False),
        sa.Column("cursor", sa.Text, nullable=False),
    )
