"""A published month of which a later load holds nothing: it opens, and leaves, as published."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from childstat import main
from data_access.database import connect
from data_access.meeting_store.opening import open_store
from data_access.settings import MEETING_STORE_VARIABLE
from exports.excel.workbook import write_slides
from exports.powerpoint.deck import write_deck
from meeting.published.frozen import as_published
from meeting.published.publishing import publish
from metrics.catalogue import CATALOGUE
from metrics.figures import read_figures
from metrics.model import Period
from tests.each_metric import case_of, each_key
from tests.ui.small_council import build, council
from tests.worlds import SETTINGS
from ui.address import read_address
from ui.metric.chart import trend_csv

SEPTEMBER = Period(2016, 9)
# What a page or a slide says of the load, and not of the month.
OF_THE_LOAD = (
    r'data-server-ms="[^"]*"',
    r'<nav class="cs-months".*?</nav>',
    r'<p class="cs-compared">.*?</p>',
    r'<ul class="cs-rules">.*?</ul>',
    r"<dt>In these data</dt><dd>.*?</dd>",
    r'<p class="cs-note">These rows stand as they were published.*?</p>',
    r'<p class="cs-standing">.*?</p>',
    # The months before it that a load no longer holds are not counted, and said.
    r'<section class="cs-demand">.*?</section>',
    # Unit's reviews are those of today; where nobody can tell of them, why.
    r'<section id="reviews">.*?</section>',
    r'<div class="cs-stack"><section id="review_overdue">.*?<p class="cs-note">Due dates.*?</p>',
)


def beginning(data_from: str, without: str | None = None):
    world = council()
    said = f'{{"data_from": "{data_from}"}}'
    if without:
        world.rows[without] = []
        said = f'{{"data_from": "{data_from}", "not_in_source": {{"direct_work": "None."}}}}'
    world.rows["source_load"][0]["rows_json"] = said
    return world


@pytest.fixture(scope="module")
def store_url(tmp_path_factory, small_council):
    """A store in which the small council's September is published."""
    url = f"sqlite:///{tmp_path_factory.mktemp('published') / 'meeting.sqlite'}"
    store, case = open_store(url), connect(small_council)
    publish(case, store, SETTINGS, SEPTEMBER, "Ann")
    store.dispose()
    case.dispose()
    return url


@pytest.fixture(autouse=True)
def stored(store_url, monkeypatch):
    monkeypatch.setenv(MEETING_STORE_VARIABLE, store_url)


LATER = {
    "that begins with the month": beginning("2016-09-01"),
    "that begins after the month": beginning("2016-10-01"),
    "without what a metric needs": beginning("2016-10-01", without="time_record"),
}


@pytest.fixture(scope="module", params=LATER)
def later(request, tmp_path_factory):
    """The address of a load that holds less of the past."""
    return build(tmp_path_factory.mktemp("later"), LATER[request.param])


def of_the_month(html: str) -> str:
    for one in OF_THE_LOAD:
        html = re.sub(one, "", html, flags=re.DOTALL)
    return html


PLACES = [
    ("month", {}),
    ("export", {}),
    ("unit", {"unit": "U2"}),
    ("metric", {"metric": "direct_work"}),
    *(case_of(key, "metric", {"metric": key, "unit": "U2"}) for key in CATALOGUE),
]


@pytest.mark.parametrize(("page", "said"), PLACES)
def test_a_page_of_the_month_is_the_page_that_was_published(
    opened, small_council, later, page, said
):
    month = {"month": "2016-09", **said}
    before, after = (opened(page, one, **month) for one in (small_council, later))
    assert "This cannot be shown" not in after
    assert of_the_month(after) == of_the_month(before)


def published(url: str, store_url: str):
    case, store = connect(url), open_store(store_url)
    found = as_published(read_figures(case, SETTINGS), store)
    case.dispose()
    store.dispose()
    return found


def parts(content: bytes) -> dict[str, bytes]:
    """What a file of slides says, part by part; when it was made is no part of it."""
    whole = ZipFile(BytesIO(content))
    return {
        name: whole.read(name)
        for name in whole.namelist()
        if name.endswith(".xml") and not name.startswith("docProps")
    }


@pytest.mark.parametrize("audience", ["service", "partners"])
@pytest.mark.parametrize("written", [write_slides, write_deck])
def test_the_slides_of_the_month_are_those_of_the_month_when_it_was_published(
    small_council, later, store_url, written, audience
):
    before, after = (
        parts(written(published(one, store_url), SEPTEMBER, None, audience))
        for one in (small_council, later)
    )
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []


@pytest.mark.parametrize("name", ["slides.xlsx", "slides.pptx", "slides.pdf"])
def test_the_command_writes_the_slides_of_the_month(later, tmp_path, name):
    words = ["--database", later, "--month", "2016-09", "--out", str(tmp_path / name)]
    done = CliRunner().invoke(main, ["export", *words])
    assert done.exit_code == 0, done.output


@each_key
def test_the_command_prints_the_month_s_figures_and_rows_as_published(later, small_council, key):
    for command in ("figures", "rows"):
        words = ["--metric", key, "--month", "2016-09", "--published", "--format", "json"]
        printed = [
            CliRunner().invoke(main, [command, "--database", one, *words])
            for one in (small_council, later)
        ]
        assert [one.exit_code for one in printed] == [0, 0]
        assert printed[0].stdout == printed[1].stdout


def test_the_months_file_of_the_page_holds_every_month_on_the_chart(later, store_url):
    figures = published(later, store_url)
    address = read_address({"metric": "direct_work", "unit": "U2", "month": "2016-09"}, figures)
    assert trend_csv(address, figures).count("\n") == 1 + 8  # headings, February to September


def test_a_month_that_is_there_no_more_leads_to_no_current_figures(opened, later):
    html = opened("metric", later, metric="caseload", month="2016-09")
    held = opened("month", later, month="2016-09", known="now")
    if "This cannot be shown" in held:
        assert "no longer in the data loaded" in html
        assert "the data loaded since run from October 2016 to October 2016" in html
        assert "known=now" not in html
    else:
        assert "known=now" in html


def test_a_month_before_a_published_one_that_is_there_no_more_is_not_opened(opened, later):
    html = opened("month", later, month="2016-08")
    assert "There are no data for August 2016" in html
    assert "nearest month with data is September 2016" in html


@pytest.fixture(scope="module")
def with_a_gap(tmp_path_factory):
    """The small council without any hours of Unit 2 in September."""
    world = council()
    world.rows["time_record"] = [
        row
        for row in world.rows["time_record"]
        if row["unit_id"] != "U2" or row["worked_on"].month != SEPTEMBER.month
    ]
    return build(tmp_path_factory.mktemp("gap"), world)


def test_a_unit_s_fault_in_the_data_is_published_with_the_month(
    opened, tmp_path, with_a_gap, later, monkeypatch
):
    monkeypatch.setenv(MEETING_STORE_VARIABLE, f"sqlite:///{tmp_path / 'meeting.sqlite'}")
    store, case = open_store(f"sqlite:///{tmp_path / 'meeting.sqlite'}"), connect(with_a_gap)
    publish(case, store, SETTINGS, SEPTEMBER, "Ann")
    store.dispose()
    case.dispose()
    before, after = (opened("month", one, month="2016-09") for one in (with_a_gap, later))
    assert of_the_month(after) == of_the_month(before)
