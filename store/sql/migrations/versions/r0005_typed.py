"""Searches by what a keyboard has: other quotes, dashes and joiners fold alike."""

from alembic import op

from store.search.folded import folded
from store.sql.migrations.refolding import refold

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Fold what is searched of every payment once more.

    What was folded before folds to the same as what the customer wrote. The next
    revision that folds otherwise freezes here how this one does.
    """
    refold(op.get_bind(), folded)
