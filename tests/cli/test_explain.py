"""``generate explain``: what a rule is, why, and how to mend what breaks it."""

import json

import pytest

from clinicpress.authoring import rulebook
from clinicpress.checks.codes import register
from tests.conftest import ROOT

SAFE_POINTER = """\
SAFE-POINTER (stops a print)
Nothing beside the emergency signs says where the same-day signs are.

Why      Where the two tiers stand apart, a reader who has seen one must know that there is another.
Mend     Write `pointer` for the emergency tier in warning-signs.yaml, or `elsewhere` for what is
         folded, cut or hung up.
Source   The project's own rule.
"""


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize("code", ["SAFE-POINTER", "safe-pointer", "[SAFE-POINTER]"])
def test_a_rule_is_explained_however_its_code_is_typed(generate, code):
    ended = generate(["explain", code])
    assert (ended.code, ended.out, ended.err) == (0, SAFE_POINTER, "")


def test_several_rules_are_explained_one_after_the_other(generate):
    found = generate(["explain", "SAFE-POINTER", "PASSIVE", "SAFE-POINTER"]).out
    assert found.startswith(f"{SAFE_POINTER}\nPASSIVE (fails the check)\n")
    assert found.count("SAFE-POINTER (") == 1
    assert "\nExample  “The arm is lifted” for “Lift your arm”.\n" in found


def test_lines_fit_the_terminal(generate, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    lines = generate(["explain", "SAFE-POINTER"]).out.splitlines()
    assert max(map(len, lines)) <= 60
    assert len(lines) > len(SAFE_POINTER.splitlines())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("SAVE-SIGN", "There is no rule “SAVE-SIGN”. Did you mean “SAFE-SIGN”?\n"),
        ("XQ", "There is no rule “XQ”. “generate explain” lists them all.\n"),
    ],
)
def test_a_code_that_is_none_is_told_with_the_nearest(generate, code, said):
    ended = generate(["explain", code])
    assert (ended.code, ended.out, ended.err) == (2, "", said)


def test_all_rules_are_listed_by_family(generate):
    lines = generate(["explain"]).out.splitlines()
    assert "Safety:" in lines
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert sorted(listed) == list(register())
    assert ("  FOLD                stops a print    The pages cannot be laid on the paper as asked."
            in lines)  # fmt: skip


def test_json_has_one_object_a_rule(generate):
    (one,) = map(json.loads, generate(["explain", "sight", "--json"]).out.splitlines())
    assert (
        one == {"code": "SIGHT", "family": "What must be read"} | register()["SIGHT"].model_dump()
    )
    every = [json.loads(line)["code"] for line in generate(["explain", "--json"]).out.splitlines()]
    assert sorted(every) == list(register())


def test_the_page_of_the_docs_is_up_to_date():
    """``make rules`` writes it anew."""
    assert (ROOT / "docs/rules.md").read_text("utf-8") == rulebook.page()


def test_the_page_comes_out_of_the_command(generate):
    assert generate(["explain", "--markdown"]).out == rulebook.page()
    assert rulebook.page().count("\n### ") == len(register())


@pytest.mark.parametrize("more", ["SIGHT", "--json"])
def test_the_page_is_of_all_rules(generate, more):
    ended = generate(["explain", "--markdown", more])
    assert (ended.code, ended.out) == (2, "")
    assert "Leave CODE and --json out." in ended.err


def test_a_print_that_is_refused_says_once_where_to_read_more(clinic, monkeypatch):
    from tests import conftest

    monkeypatch.setattr(conftest, "READ_MORE", conftest.re.compile("(?!)"))
    for file in ("thumb-bend", "thumb-press"):
        clinic.change(f"sources/tiny/exercises/{file}.yaml", "title:", "name:")
    ended = clinic.generate("handout", "thumb-sheet")
    assert ended.code == 1
    assert ended.err.count("[KEY-UNKNOWN]") == 2
    assert ended.err.splitlines()[-1] == "To read more: generate explain KEY-MISSING KEY-UNKNOWN"
