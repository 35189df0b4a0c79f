"""A Standard Safeguarding Dataset of many children in PostgreSQL: the demonstration council copied.

Each copy has ids and names of its own, in the same teams. Half of them have each visit again on the
next day, and all record their time by the day: so a council of 60,000 children has a million visits
and two million records of time.
"""

from sqlalchemy import (
    Column,
    ColumnElement,
    Engine,
    Insert,
    Integer,
    MetaData,
    String,
    Table,
    case,
    cast,
    column,
    func,
    insert,
    or_,
    select,
    text,
    true,
)

from loading.demo.council import demo_frames
from tests.ssd.deployed import SYSTEMC
from tests.ssd.deploying import deploy, extend
from tests.ssd.shapes import SHAPES

# The most rows of one council: all its visits stand among those of CIN plans too.
SHAPE = SHAPES[SYSTEMC]
CHILDREN, EVERY_VISIT, TIMES = "ssd_family", "cs_visit_detail", "cs_worker_time"
OF_VISITS = ("ssd_cin_visits", "ssd_cp_visits", "ssd_cla_visits", EVERY_VISIT)
_VISIT_IDS = ("cinv_cin_visit_id", "cppv_cp_visit_id", "clav_cla_visit_id", "visit_id")
_DAYS = (
    "cinv_cin_visit_date", "cppv_cp_visit_date", "clav_cla_visit_date", "recorded_at",
    "period_start", "period_end",
)  # fmt: skip
NOT_COPIED = ("ssd_version_log", "ssd_department", "cs_unit", "cs_unit_team_map")
_SAME_FOR_ALL = ("unit_id", "invo_professional_role_id")
_NUMBERED_TOO = ("pers_surname", "prof_professional_name")
_REGISTRATIONS = ("prof_social_worker_registration_no", "swe_no", "swe_no_or_staff_id")


def make_source(engine: Engine, copies: int) -> dict[str, int]:
    """Deploys the council `copies` times over, with extension tables: rows by table."""
    council = demo_frames()
    deploy(engine, council, SHAPE)
    extend(engine, council, SHAPE)
    metadata = MetaData(schema=SHAPE.schema)
    metadata.reflect(engine)
    tables = metadata.sorted_tables
    with engine.begin() as connection:
        for table in tables:
            if table.name not in NOT_COPIED:
                connection.execute(_copied(table, copies))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        count = func.count()
        return {
            one.name: connection.execute(select(count).select_from(one)).scalar_one()
            for one in tables
        }


def _copied(table: Table, copies: int) -> Insert:
    """Every row again for each copy, and for each time that a copy has it again."""
    copy, again = column("copy", Integer), column("again", Integer)
    of_copy = func.generate_series(0, copies - 1).table_valued(copy).render_derived("copies")
    of_again = func.generate_series(0, 2).table_valued(again).render_derived("times")
    cells = [_cell(one, copy, again) for one in table.columns]
    query = (
        select(*cells)
        .select_from(table.join(of_copy, true()).join(of_again, true()))
        .where(again <= _times_again(table, copy), or_(copy > 0, again > 0))
    )
    return insert(table).from_select(table.columns.keys(), query.order_by(copy, again))


def _times_again(table: Table, copy: ColumnElement[int]) -> ColumnElement[int]:
    if table.name in OF_VISITS:
        return copy % 2
    if table.name == TIMES:
        return case((copy % 3 == 0, 2), else_=1)
    return copy * 0


def _cell(one: Column, copy: ColumnElement[int], again: ColumnElement[int]) -> ColumnElement:
    if one.name in _DAYS:
        return one + func.make_interval(0, 0, 0, again)
    if one.name in _REGISTRATIONS:
        return one + case((copy > 0, func.lpad(cast(copy, String), 2, "0")), else_="")
    is_id = one.name.endswith("_id") and one.name not in _SAME_FOR_ALL
    if not (is_id or one.name in _NUMBERED_TOO):
        return one
    numbered = one + case((copy > 0, "~" + cast(copy, String)), else_="")
    if one.name in _VISIT_IDS:
        numbered = numbered + case((again > 0, "again"), else_="")
    return case((one == "-1", one), else_=numbered)
