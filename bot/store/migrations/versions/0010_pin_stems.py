"""The words by which pins are found, a row each: every question asks for them.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KEY = sa.String(64)
AT_ONCE = 500


def upgrade() -> None:
    pin_stems = op.create_table(
        "pin_stems",
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("stem", sa.Text, nullable=False),
        sa.Column("pin_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["pin_id"], ["pins.id"], name="fk_pin_stems_pin_id"),
        sa.PrimaryKeyConstraint("workspace_id", "stem", "pin_id", name="pk_pin_stems"),
        sqlite_with_rowid=False,
    )
    pins = sa.table("pins", sa.column("id"), sa.column("workspace_id"), sa.column("stems"))
    connection = op.get_bind()
    known = connection.execute(sa.select(pins.c.id, pins.c.workspace_id, pins.c.stems)).all()
    for begin in range(0, len(known), AT_ONCE):
        rows = [
            {"workspace_id": workspace_id, "stem": stem, "pin_id": pin_id}
            for pin_id, workspace_id, stems in known[begin : begin + AT_ONCE]
            for stem in stems.split()
        ]
        if rows:
            connection.execute(sa.insert(pin_stems), rows)
