"""What every table of the case database is made of."""

from sqlalchemy import CheckConstraint, Column, MetaData, String
from sqlalchemy.types import TypeEngine

from data_access.code_sets.code_set import Codes
from data_access.code_sets.of_columns import CODES

metadata = MetaData()


def key(name: str) -> Column[str]:
    """What names a row of its table."""
    return Column(name, String, primary_key=True)


def needed(
    name: str, kind: TypeEngine | type[TypeEngine] = String, codes: Codes | None = None
) -> Column:
    """A column without which a row cannot be used."""
    return Column(name, kind, nullable=False, info={CODES: codes})


def maybe(
    name: str,
    kind: TypeEngine | type[TypeEngine] = String,
    says: str = "",
    codes: Codes | None = None,
) -> Column:
    """A column that a source may leave empty; `says` where its name does not say enough."""
    return Column(name, kind, comment=says or None, info={CODES: codes})


def one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    """Refuses what is no code of the column."""
    listed = ", ".join(f"'{value}'" for value in allowed)
    return CheckConstraint(f"{column} IS NULL OR {column} IN ({listed})", name=f"{column}_is_known")
