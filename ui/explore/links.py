"""The links that ask Explore the next question: cut by, over, beside, narrowed."""

from dataclasses import replace

from markupsafe import Markup

from charts.tables import link
from metrics.compare.outcomes import OUTCOMES
from metrics.explore.spans import Over
from metrics.model import SERVICE, Period
from metrics.patterns.by_child import is_cut
from ui.address import unit_address_parts
from ui.explore.asking import BEFORE, BEGAN, REST, YEAR_AGO, cuts_offered, spans_against
from ui.explore.narrowing import NOT, ONLY
from ui.explore.question import Question
from ui.explore.words import narrowed_words
from ui.frame import choice, picker

AGAINST_WORDS = {
    BEFORE: "the {over} before",
    YEAR_AGO: "a year before",
    BEGAN: "before the units began",
}


def asking_links(question: Question) -> Markup:
    """The next questions, as plain links: cut by, over, set beside; and what is narrowed."""
    rows = [
        ("Cut by", _cut_links(question)),
        ("Over", _over_links(question)),
        ("Beside", [*_against_links(question), *_cohorts_link(question)]),
        ("Narrowed", _narrowed_links(question)),
    ]
    return Markup('<nav class="cs-asked" aria-label="Ask further">{}</nav>').format(
        Markup("").join(
            Markup("<div><b>{}</b> {}</div>").format(title, Markup(" ").join(links))
            for title, links in rows
            if links
        )
    )


def _chosen(where: str, words: str, is_here: bool) -> Markup:
    here = Markup(' aria-current="true"') if is_here else ""
    return Markup('<a href="{}"{} target="_self">{}</a>').format(where, here, words)


def _cut_links(question: Question) -> list[Markup]:
    return [
        _chosen(question.link(cut=cut.key), cut.name.lower(), cut.key == question.cut.key)
        for cut in cuts_offered(question.page)
    ]


def _over_links(question: Question) -> list[Markup]:
    """The lengths; then the span before and after this one."""
    offered = [
        over for over in Over if question.metric.adds_up_over_months or over is not Over.TWELVE
    ]
    links = [
        _chosen(question.link(over=over.key), over.words, over is question.span.over)
        for over in offered
    ]
    return links + [
        _chosen(question.link(month=month.key), words, False)
        for month, words in _neighbours(question)
    ]


def _neighbours(question: Question) -> list[tuple[Period, str]]:
    span, months = question.span, question.page.figures.months
    step = 1 if span.over is Over.TWELVE else span.whole.months_after(span.first) + 1
    here = span.last
    both = ((here.shift(-step), "← {}"), (here.shift(step), "{} →"))
    return [(month, words.format(month)) for month, words in both if month in months]


def _against_links(question: Question) -> list[Markup]:
    said = question.said
    links = [
        _chosen(
            question.link(**{"against": key, "against-unit": None}),
            AGAINST_WORDS[key].format(over=question.span.over.words),
            said.get("against") == key,
        )
        for key in spans_against(question.page, question.span)
    ]
    if not question.scope.is_service:
        links += _unit_links(question)
    if question.against:
        links.append(
            _chosen(question.link(**{"against": None, "against-unit": None}), "nothing", False)
        )
    return links


def _cohorts_link(question: Question) -> list[Markup]:
    """To Compare, of a figure that counts what a case may come to: shares so far are no measure."""
    address = question.page.address
    if question.metric.key not in {one.metric for one in OUTCOMES.values()}:
        return []
    where = address.link("compare", **address.unit)
    return [_chosen(where, "other cases, after the same time from entry", False)]


def _unit_links(question: Question) -> list[Markup]:
    chosen = question.said.get("against-unit")
    rest = question.link(**{"against": None, "against-unit": REST})
    units = Markup("").join(
        choice(question.link(**{"against": None, "against-unit": code}), name, chosen == code, name)
        for unit_id, name in question.page.figures.units.items()
        if unit_id not in (SERVICE, question.scope.unit_id)
        for code in unit_address_parts(unit_id).values()
    )
    return [
        _chosen(rest, "the rest of the service", chosen == REST),
        *([picker("another unit ▾", units)] if units else []),
    ]


def _narrowed_links(question: Question) -> list[Markup]:
    """Each way in which the rows are narrowed, as a link that takes it away."""
    return [
        _chosen(
            question.link(**{f"{NOT if one.leaves_out else ONLY}{one.cut.key}": None}),
            f"{narrowed_words(replace(question, narrowed=(one,))).removeprefix(', ')} (take away)",
            True,
        )
        for one in question.narrowed
    ]


def cut_by_children(question: Question) -> Markup:
    """The way to the same figure by what children are, whom no list there names."""
    page = question.page
    if not is_cut(question.metric, page.live.settings) or page.looking.is_meeting:
        return Markup("")
    where = page.address.link("patterns", metric=question.metric.key, **page.address.unit)
    return link(where, "By age, sex, ethnicity, need, segment")
