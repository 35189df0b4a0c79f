"""Writes returns as councils send them, good and bad. Every child in them is invented."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

Rows = Sequence[Mapping[str, object]]
HEADINGS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": (
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST"
    ),
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "uasc": "CHILD,SEX,DOB,DUC",
}


def day(text: str | date | None) -> str:
    """As the return has it: 31/03/2016."""
    if not text:
        return ""
    known = date.fromisoformat(text) if isinstance(text, str) else text
    return f"{known:%d/%m/%Y}"


def episode(child: str, began: str, why: str = "S", **more: str) -> dict[str, str]:
    """An episode under section 20 in foster care, unless said otherwise."""
    usual = {"LS": "V2", "CIN": "N1", "PLACE": "U4"}
    ended = {"DEC": day(more.pop("DEC", ""))}
    return {"CHILD": child, "DECOM": day(began), "RNE": why, **usual, **ended, **more}


def ssda903(folder: Path, **lists: Rows) -> Path:
    """A folder with one file for each list."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in lists.items():
        with (folder / f"SSDA903_{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, HEADINGS[name].split(","), restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


Content = Mapping[str, object]


def cin_census(path: Path, children: Sequence[Content], last: str = "2016-03-31") -> Path:
    """A return; a value that is a mapping is an element, one that is a list several of its name."""
    message = Element("Message")
    details = SubElement(SubElement(message, "Header"), "CollectionDetails")
    _fill(details, {"Collection": "CIN", "Year": last[:4], "ReferenceDate": last})
    _fill(SubElement(message, "Children"), {"Child": children})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(tostring(message, encoding="utf-8", xml_declaration=True))
    return path


def _fill(element: Element, content: Content) -> None:
    for tag, said in content.items():
        for one in said if isinstance(said, list | tuple) else [said]:
            below = SubElement(element, tag)
            if isinstance(one, Mapping):
                _fill(below, one)
            else:
                below.text = str(one)


def child(child_id: str, *details: Content, born: str = "2008-05-04", sex: object = "M") -> Content:
    identity = {"LAchildID": child_id, "PersonBirthDate": born, "Sex": sex}
    return {
        "ChildIdentifiers": identity,
        "ChildCharacteristics": {"Ethnicity": "WBRI"},
        "CINdetails": list(details),
    }
