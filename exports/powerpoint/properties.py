"""A deck's properties, and what the library's template brings along of other people's."""

from xml.etree.ElementTree import Element, SubElement, tostring

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import OpcPackage, Part
from pptx.presentation import Presentation

from exports.pack import Pack
from exports.properties import SUBJECT, comments_of, made_at, title_of

# A picture of the template's first slide, and the printer of whoever made it.
NOT_OURS = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.PRINTER_SETTINGS)

EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def name_the_council(deck: Presentation, pack: Pack) -> None:
    """Has every property of the deck say what it is and whose, and none whose template it was."""
    core = deck.core_properties
    core.title, core.subject, core.comments = title_of(pack), SUBJECT, comments_of(pack)
    core.author = core.last_modified_by = pack.council
    core.created = core.modified = made_at(pack)
    package = deck.part.package
    for part in (package, deck.part):
        _drop_what_is_not_ours(part)
    extended = package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    extended._blob = _extended_properties(pack)


def _drop_what_is_not_ours(part: OpcPackage | Part) -> None:
    for id, relationship in list(part._rels.items()):
        if relationship.reltype in NOT_OURS:
            part._rels.pop(id)


def _extended_properties(pack: Pack) -> bytes:
    """PowerPoint counts slides and words anew when it saves; the template's counts are of none."""
    properties = Element("Properties", xmlns=EXTENDED)
    SubElement(properties, "Application").text = "ChildStat"
    SubElement(properties, "Company").text = pack.council
    return tostring(properties, encoding="UTF-8", xml_declaration=True)
