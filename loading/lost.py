"""All that a load lost, of what it read and of what stood before it."""

from data_access.sources.order import keeps_rows
from loading.combining import Combined
from loading.filled import columns_lost, filled_now
from loading.losses import Counts, Loss, losses, losses_of_columns, tables_gone
from loading.precedence.replaced import SHARED
from loading.standing_database import Standing


def all_lost(combined: Combined, given: Counts, before: Standing) -> list[Loss]:
    """All that the load lost: of rows and values that it read, and of those that stood."""
    return [
        *losses(given, before.given, rows_that_stood(combined, before)),
        *tables_gone(given, before.given),
        *losses_of_columns(combined.emptied),
        *combined.restricted.lost(),
        *columns_lost(filled_now(combined.readings), before.filled, combined.emptied),
    ]


def rows_that_stood(combined: Combined, before: Standing) -> dict[str, int]:
    """By table, the rows that stood, but of tables whose rows the load adds to or shares.

    A wave of a survey is compared with itself as it was loaded before, not with all waves.
    """
    added_to = {
        table
        for one in combined.readings
        if one.replaces_only or keeps_rows(one.source)
        for table in {*one.frames, *one.read}
    }
    return {
        table: rows
        for table, rows in before.rows.items()
        if table not in SHARED and table not in added_to
    }
