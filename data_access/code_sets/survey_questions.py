"""The questions of the report's forms: a code, a theme, which way it is asked, and our own words.

Forms differ from council to council: their words are not repeated here. What is asked is that of
the Family Insights evaluation (DfE, 2017), Appendix 6 (staff) and 7 (families, and what a social
worker says of a family). A council's own questions, or its own words for these, are in
survey_question.csv.
"""

from collections.abc import Iterator
from dataclasses import dataclass

STAFF = "staff"
FAMILY_SURVEYS = ("parent_carer", "step_down")
DISAGREE_MOST, AGREE_MOST = 1, 5
# From here on an answer is positive: agree, and strongly agree.
AGREE = 4


@dataclass(frozen=True)
class Question:
    """One question: in which part of its form it stands, and whether to agree is to complain."""

    code: str
    words: str
    theme: str | None = None
    section: str | None = None
    reversed: bool = False


OF_WORKER = "the family about its social worker"
OF_SERVICE = "the family about another service"
OF_FAMILY = "the social worker about the family"

_STAFF_BY_THEME = {
    "satisfaction": (
        ("achievement", "I finish most weeks with the sense of having achieved something"),
        ("better_ways", "We keep looking for better ways to do what we do"),
        ("enjoy_work", "I like doing this work"),
        ("families_value_us", "Families see a value in what we do"),
        ("often_stressed", "The work strains me more often than not"),
    ),
    "time": (
        ("enough_time_families", "My week has room enough for the families I work with"),
        ("access_expertise", "I can reach somebody with special knowledge when a case needs it"),
        ("right_tools", "I am equipped with what the job takes"),
        ("work_over_hours", "I regularly work longer than I am paid for"),
    ),
    "support": (
        ("reflect_with_experienced", "I can think a case through with somebody more experienced"),
        ("regular_supervision", "My supervision takes place when it should"),
        ("supervision_helps", "After supervision I do my work better"),
        ("appreciated", "What I do is noticed here"),
    ),
    "learning": (
        ("knowledge_skills", "I know enough for the work that I am given"),
        ("training_i_need", "The training that would help me is open to me"),
        ("manager_develops_me", "My manager helps me to get better at this profession"),
        ("time_to_learn", "My week leaves time for learning"),
    ),
    "voice": (
        ("kept_informed", "I hear early enough of what will change my work"),
        ("safe_to_raise", "I can say that something is wrong without harm to myself"),
        ("involved_in_decisions", "What concerns my work is decided with me"),
        ("share_ideas", "An idea of mine finds its way to others"),
    ),
    "organisation": (
        ("clear_policies", "I know which rules hold for my work"),
        ("professional_judgement", "I am trusted to judge as a professional"),
        ("access_research", "I can get at research when I need it"),
        ("partnership", "With other agencies we work as one"),
    ),
}
_FAMILY_BY_SECTION = {
    OF_WORKER: (
        ("understand_why_involved", "We know the reason why a social worker comes to us"),
        ("plan_for_difficult", "We have thought ahead, with our worker, for harder days"),
        ("emotional_practical", "Our worker is a help, in what we feel and in what we have to do"),
        ("right_services", "We were led to the services that suit us"),
        ("enough_time", "Our worker has time for us"),
        ("my_views", "What I think counts"),
        ("my_childs_views", "What my child thinks counts"),
        ("kept_informed_decisions", "We hear what was decided, and why"),
        ("can_talk", "Our worker is somebody we can talk to"),
        ("gets_things_done", "When our worker takes something on, it happens"),
        ("skills_without_us", "We have learnt what we need to manage alone"),
        ("things_better_worker", "Life at home has improved since our worker came"),
    ),
    OF_SERVICE: (
        ("things_better_service", "Life at home has improved since this service came"),
        ("plans_in_place", "With this service we have agreed what is to happen"),
        ("support_when_needed", "This service is there at the time we need it"),
        ("relaxed_welcome", "We are at ease with this service"),
        ("fair", "This service treats us justly"),
        ("skills_without_service", "We have learnt what we need to manage without this service"),
        ("talks_to_my_worker", "This service and our social worker tell each other what matters"),
        ("understand_why_service", "We know the reason why this service comes to us"),
    ),
    OF_FAMILY: (
        ("available", "They can be reached and seen"),
        ("listen", "They take in what is said to them"),
        ("truthful", "What they tell me is true"),
        ("often_disagree", "We are often of two minds"),
        ("aggressive", "They turn on me or on others"),
        ("use_recommendations", "They try what is advised"),
        ("lasting_change", "What has changed with them will stay"),
    ),
}
_ASKED_THE_OTHER_WAY = {"often_stressed", "work_over_hours", "often_disagree", "aggressive"}


def _staff() -> Iterator[Question]:
    for theme, asked in _STAFF_BY_THEME.items():
        for code, words in asked:
            yield Question(code, words, theme, reversed=code in _ASKED_THE_OTHER_WAY)


def _families() -> Iterator[Question]:
    for section, asked in _FAMILY_BY_SECTION.items():
        for code, words in asked:
            other_way = code in _ASKED_THE_OTHER_WAY
            yield Question(code, words, section=section, reversed=other_way)


# Both surveys of families may ask any question about them.
SHIPPED: dict[str, tuple[Question, ...]] = {
    STAFF: tuple(_staff()),
    **dict.fromkeys(FAMILY_SURVEYS, tuple(_families())),
}
# What a worker says of a family that is named: of no unit, so that none is compared by it.
ABOUT_A_FAMILY = frozenset(one.code for one in _families() if one.section == OF_FAMILY)


def words_of(code: str) -> str:
    """What a question asks, in quotes; its code as words, where it is a council's own."""
    asked = (one.words for questions in SHIPPED.values() for one in questions if one.code == code)
    return f"“{next(asked, code.replace('_', ' '))}”"
