"""The codes of units, posts, time, absence, surveys and complaints.

Sources: DfE, children's social work workforce census, 2025 (absence); else ChildStat's own.
"""

from data_access.code_sets.code_set import Code, CodeSet, plain_codes

UNIT_KIND = CodeSet(
    (
        Code("segmented", "a unit for children with the same needs"),
        Code("area", "a unit for an area", ("area team",)),
        Code("front_door", "where contacts and referrals arrive", ("MASH",)),
        Code("other", "any other"),
    )
)
ROLE = CodeSet(
    (
        Code("social_worker", "social worker", ("SW",)),
        Code("consultant_social_worker", "consultant social worker, who leads a unit", ("CSW",)),
        Code("senior_practitioner", "senior practitioner", ("senior social worker",)),
        Code("team_manager", "team manager", ("manager",)),
        Code("unit_coordinator", "unit coordinator", ("unit co-ordinator",)),
        Code("unit_analyst", "unit analyst"),
        Code("family_support_worker", "family support worker", ("FSW",)),
        Code("other", "any other role"),
    )
)
TIME_CATEGORY = CodeSet(
    (
        Code("direct_work", "with children and families"),
        Code("travel", "on the way", ("travelling",)),
        Code("recording", "writing the case record"),
        Code("meetings", "in meetings", ("meeting",)),
        Code("supervision", "in supervision"),
        Code("training", "in training"),
        Code("court", "at court, or for it"),
        Code("other", "other work"),
        Code("annual_leave", "on leave"),
        Code("sickness", "ill", ("sick", "sick leave")),
        Code("other_leave", "on other leave"),
    )
)
TIME_METHOD = CodeSet(
    (
        Code("diary", "a week's diary"),
        Code("survey", "asked in a survey"),
        Code("timesheet", "a timesheet", ("time sheet",)),
    )
)
SUPERVISION_KIND = CodeSet(
    (
        Code("one_to_one", "a worker and who supervises them", ("one to one", "1:1", "individual")),
        Code("group", "several workers together", ("group supervision",)),
    )
)
ABSENCE_REASON = CodeSet(
    (
        Code("SIC", "sick leave", ("sick", "sickness")),
        Code("MAT", "maternity/paternity leave", ("maternity", "paternity", "maternity leave")),
        Code("OTH", "other paid authorised absence", ("other",)),
        Code("PUB", "paid absence for public duties", ("public duties",)),
        Code("TRN", "training"),
        Code("UNA", "unauthorised absence", ("unauthorised",)),
        Code("UNP", "unpaid authorised absence", ("unpaid",)),
    )
)
SURVEY = CodeSet(
    (
        Code("staff", "of the people who work here"),
        Code("parent_carer", "of parents and carers", ("parent", "parents", "carer")),
        Code("step_down", "after a case is stepped down"),
    )
)
STAGE = CodeSet(
    (
        Code("1", "local resolution", ("stage 1",)),
        Code("2", "investigation", ("stage 2",)),
        Code("3", "review panel", ("stage 3",)),
    )
)
SCALE = CodeSet(
    plain_codes(safety="how safe the child is", danger="how much danger there is"),
    keeps_words=True,
)
RATER = CodeSet(
    (
        Code("social_worker", "social worker", ("worker", "SW")),
        Code("parent", "a parent or carer"),
        Code("child", "the child"),
    ),
    keeps_words=True,
)
BEST = CodeSet(
    (
        Code("high", "the high end of the scale is safe", ("highest",)),
        Code("low", "the low end of the scale is safe", ("lowest",)),
    )
)

# What the workforce census says of a worker; the role of each is in its reader.
CENSUS_ROLE = CodeSet(
    (
        Code("1", "Senior Manager"),
        Code("2", "Middle Manager"),
        Code("3", "First Line Manager"),
        Code("4", "Senior Practitioner"),
        Code("5", "Case Holder"),
        Code("6", "Qualified Without Cases"),
    )
)
CENSUS_ORIGIN = CodeSet(
    tuple(Code(str(number), f"origin {number}") for number in range(1, 11)), listed="1 to 10"
)

# The roles of an SSD's involvements that are the allocated worker's: version 1.4.5 has the first,
# earlier ones the second.
LEAD_ROLES = ("CW", "Allocated Case Worker")
