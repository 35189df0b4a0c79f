"""Our rows while they are drawn from the extension tables' own, and what is said on the way."""

from dataclasses import dataclass, field

import pandas as pd

from loading.fitting import FOUND_AT
from loading.sources.extension.declared import ExtensionTable
from loading.sources.extension.tables import Told
from loading.sources.reading import ERROR, WARNING, Issue, count
from metrics.writing import several


@dataclass
class Drawn:
    """Our rows while they are drawn from the tables' own."""

    of: dict[str, pd.DataFrame]
    told: Told
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)

    def rows(self, table: ExtensionTable) -> pd.DataFrame | None:
        """A table's own rows; None where it is not there."""
        return self.of.get(table.name)

    def take(self, table: ExtensionTable) -> pd.DataFrame | None:
        """The same for the last time."""
        return self.of.pop(table.name, None)

    def without(
        self, rows: pd.DataFrame, wrong: pd.Series, of: tuple[str, str], reason: str, says: str
    ) -> pd.DataFrame:
        """The rows but those that are `wrong`, of a table and by a rule: told once, with the first.

        They are lost only where the `reason` is the rule itself.
        """
        if not wrong.any():
            return rows
        table, rule = of
        first = rows.loc[wrong, FOUND_AT].iloc[0]
        number = several(int(wrong.sum()), "row is", "rows are")
        message = f"{first}: {says}. So {number} left out."
        self.told.issues.append(Issue(rule, table, None, WARNING, message))
        return self._left(rows, wrong, table, reason, message)

    def without_each(
        self, rows: pd.DataFrame, says: pd.Series, of: tuple[str, str]
    ) -> pd.DataFrame:
        """The rows but those of which `says` has a fault, of a table and by a rule: each is told.

        `says` has nothing of a row that is right.
        """
        table, rule = of
        wrong = says.notna()
        if not wrong.any():
            return rows
        messages = rows[FOUND_AT].astype(str)[wrong] + ": " + says[wrong]
        messages = messages + "; the row is left out. Correct it."
        for place, message in zip(rows.loc[wrong, FOUND_AT], messages, strict=True):
            self.told.issues.append(Issue(rule, table, str(place), ERROR, message))
        return self._left(rows, wrong, table, rule, messages.iloc[0])

    def _left(
        self, rows: pd.DataFrame, wrong: pd.Series, table: str, reason: str, message: str
    ) -> pd.DataFrame:
        count(self.told.left_out, table, reason, int(wrong.sum()))
        if wrong.all():
            self.told.lacks[table] = message
        return rows[~wrong].reset_index(drop=True)
