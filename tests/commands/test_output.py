"""What commands print: nothing in the data steers a terminal or forges a line of it."""

import ast
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from commands.output import Terminal, print_rows, printable, say
from commands.parameters import fails_in_one_line
from data_access.problems import Problem

COMMANDS = Path(__file__).parents[2] / "commands"
# A colour, a title, C1's own escape, a line end of each kind, a turned direction.
STEERING = (
    "\x1b[31m", "\x1b]0;mine\x07", "\x9b31m", "\n", "\r", "\x85", "\u2028", "\u2029", "\u202e",
    "\u2066", "\u200f", "\x00", "\x08", "\t", "\x7f",
)  # fmt: skip


def printed(*rows, form):
    @click.command()
    def command():
        print_rows(["name", "value"], rows, form)

    return CliRunner().invoke(command).output


@pytest.mark.parametrize("steering", STEERING, ids=repr)
def test_a_line_holds_nothing_that_steers_a_terminal(steering):
    line = printable(f"a{steering}b")
    assert line.isprintable()
    assert line.startswith("a\\")
    assert line.endswith("b")


@pytest.mark.parametrize("text", ["Zoë", "Łódź", "ملف", "नमस्ते", "👩‍👧", "‘x’ – y\u2009%"])
def test_names_in_any_script_are_printed_as_they_are(text):
    assert printable(text) == text


@pytest.mark.parametrize("steering", STEERING, ids=repr)
@pytest.mark.parametrize(("form", "lines"), [("table", 2), ("csv", 2), ("json", 6)])
def test_rows_have_no_forged_line_in_any_form(form, lines, steering):
    output = printed((f"a{steering}b", -0.5), form=form)
    assert output.endswith("\n")
    assert output.count("\n") == lines
    assert all(line.isprintable() for line in output.split("\n"))


@pytest.mark.parametrize("steering", STEERING, ids=repr)
def test_json_gives_back_the_very_text(steering):
    assert json.loads(printed((f"a{steering}b", -0.5), form="json")) == [
        {"name": f"a{steering}b", "value": -0.5}
    ]


def test_csv_of_commands_cannot_run_in_a_spreadsheet():
    assert printed(("=1+1", -0.5), ("-5", None), form="csv") == "name,value\n'=1+1,-0.5\n'-5,\n"


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Problem("a\x1b[2J\nError: forged"), 1),
        (OSError("a\x1b[2Jb"), 1),
        (click.UsageError("a\x1b[2J\nb"), 2),
        (click.BadParameter("a\u202eb"), 2),
    ],
    ids=repr,
)
def test_a_complaint_steers_no_terminal(fault, status):
    @click.command()
    @fails_in_one_line
    def command():
        raise fault

    group = Terminal("childstat", commands=[command])
    done = CliRunner().invoke(group, ["command"])
    assert done.exit_code == status
    assert all(line.isprintable() for line in done.output.split("\n"))
    assert not any(line.startswith("Error: forged") for line in done.output.split("\n"))


def test_a_line_that_is_said_is_one_line():
    @click.command()
    def command():
        say("Written: a\nb.xlsx")

    assert CliRunner().invoke(command).output == "Written: a\\nb.xlsx\n"


def test_all_that_commands_print_goes_through_one_module():
    printing = {
        file.name
        for file in COMMANDS.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in ("echo", "secho"))
        or (isinstance(node, ast.Name) and node.id == "print")
    }
    assert printing == {"output.py"}
