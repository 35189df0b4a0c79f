"""What the chart said of a published figure: drawn again as it was, whatever is known later."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the column; what was published before has no chart of its own."""
    op.add_column("published_words", sa.Column("chart", sa.Text))
