"""Month on one screen at both sizes, in the month of the demonstration council with most to say."""

import pytest

from tests.browser.conftest import SIZES
from tests.browser.test_screens import overflow

# Of the demonstration council's months March 2016 has most to say: this is it, word for word.
FULLEST = (
    (
        "Sickness, West area: 7.5%",
        "Are our people well?",
        "Concerning: at least two of the last three months near the top of the usual range,"
        " 0.7–8.2%, since February 2016. On average 4.8 points above the mean of 4.4%.",
    ),
    (
        "Looked-after reviews in time, West area: 77%",
        "Are children in care reviewed when they should be?",
        "Concerning: below the usual range of 80–100% with n = 30 in March 2016. 17.8 points below"
        " the mean of 94%.",
    ),
    (
        "Agency staff, Service: 10.5%",
        "How much of our work rests on agency staff?",
        "Concerning: above the usual range of 5.0–9.1% since December 2015. 3.4 points above the"
        " mean of 7.1%.",
    ),
    (
        "Children looked after, Service: 362",
        "How many children are in our care?",
        "353 the month before, 296 a year before. Not judged by limits. 66 more children looked"
        " after than a year before, 22% of 296.",
    ),
    (
        "Direct work, Service: 27%",
        "How much of our time reaches families?",
        "As usual, and not good enough: usual range 26–28%. Target 50%: will not be met without"
        " change. The target is out of reach also in: East area, West area, Front door.",
    ),
)
FULLEST_NOTE = (
    "Left out, as five are enough: ●☒ Out of timescale, Service, ●☒ Out of timescale, East area,"
    " ●☒ Out of timescale, West area. Not in this source, so nothing is said of it: School"
    " attendance, Attainment, Education, employment, training, No new charges. Not enough history,"
    " so nothing is said of it: Closed cases not in care since."
)


def with_most_to_say(page) -> None:
    """Puts the fullest month's items in the place of the page's own, each as one of them is."""
    page.evaluate(
        """([items, note]) => {
            const list = document.querySelector('.cs-says ul'), like = list.firstElementChild;
            list.replaceChildren(...items.map(([figure, question, why]) => {
                const item = like.cloneNode(true);
                item.querySelector('p > a').textContent = figure;
                item.querySelector('p > em').textContent = question;
                item.querySelector('p + span').textContent = why;
                return item;
            }));
            const beside = document.createElement('p');
            beside.className = 'cs-note';
            beside.textContent = note;
            document.querySelector('.cs-says').append(beside);
        }""",
        [FULLEST, FULLEST_NOTE],
    )


@pytest.mark.parametrize("size", SIZES)
def test_month_fits_its_screen_without_scrolling_however_much_it_has_to_say(visiting, base, size):
    with visiting(size) as visit:
        page = visit.open(base + "/?month=2016-09")
        with_most_to_say(page)
        assert page.locator(".cs-says li").count() == len(FULLEST)
        assert overflow(page)["down"] == 0
        assert page.locator(".cs-month-table tbody tr").count() == 8
        footer = page.locator("footer").bounding_box()
        table = page.locator(".cs-month-table").bounding_box()
        assert table["y"] + table["height"] <= footer["y"]
        assert footer["y"] + footer["height"] <= SIZES[size]["height"]


def test_beside_the_number_of_open_actions_a_cell_leads_to_its_figure(visiting, base):
    with visiting("1280") as visit:
        page = visit.open(base + "/?month=2016-09")
        leads_to = page.evaluate(
            """() => {
                const cell = [...document.querySelectorAll('.cs-cell')].find(
                    one => one.querySelector('.cs-spark'));
                const number = '<a class="cs-open" href="./actions">2<span> open</span></a>';
                cell.firstElementChild.insertAdjacentHTML('afterend', number);
                return ['.cs-spark', '.cs-open'].map(name => {
                    const box = cell.querySelector(name).getBoundingClientRect();
                    const x = box.left + box.width / 2, y = box.top + box.height / 2;
                    return document.elementFromPoint(x, y).closest('a').getAttribute('href');
                });
            }"""
        )
        assert leads_to[0].startswith("./metric?") and leads_to[1] == "./actions"
