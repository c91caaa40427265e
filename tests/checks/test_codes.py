"""The register of rules: each code that is raised is in it, and each that is in it is raised."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinicpress.checks import codes
from clinicpress.checks.codes import Rule, fails_check, families, register, severity, stops_print
from clinicpress.checks.judge import Finding, Reading
from clinicpress.errors import Place, Problem, Problems
from tests.conftest import ROOT

CODE = re.compile(r"[A-Z]{2,}(-[A-Z]+)*")
TWO_WORDS = re.compile(r"[A-Z]{2,}(-[A-Z]+)+")
IN_BRACKETS = re.compile(rf"\[({TWO_WORDS.pattern})\]")

SAYING = {"Problem", "Finding", "Fault", "Stop", "complain", "tell", "_finding", "_problem",
          "_unreadable", "_wrong"}  # fmt: skip
"""What is called with a code, of one word even. A code of two words is known wherever it stands."""

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs


def codes_in(source: str) -> Iterator[str]:
    """Yield each code that a module raises: as it is handed on, returned, assigned or warned of."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (found[1] for found in IN_BRACKETS.finditer(node.value))
            if TWO_WORDS.fullmatch(node.value):
                yield node.value
        for place in code_places(node):
            yield from (one for one in constants(place) if CODE.fullmatch(one))


def code_places(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what stands where a code may: what is said, or a finding of three parts."""
    if isinstance(node, ast.Call):
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if called in SAYING:
            yield from (*node.args[:3], *(given.value for given in node.keywords))
    elif isinstance(node, ast.Tuple) and len(node.elts) == 3:
        code, wrong, _ = node.elts
        if not any(map(CODE.fullmatch, constants(wrong))):  # or they are three names
            yield code


def constants(value: ast.expr) -> Iterator[str]:
    """Yield a text, or both of a choice of two."""
    if isinstance(value, ast.IfExp):
        yield from (*constants(value.body), *constants(value.orelse))
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('Problem(place, "SIGHT", wrong, mend)', ["SIGHT"]),
        ('Problem(place, "GREY-A" if grey else "PRESS-A", wrong, mend)', ["GREY-A", "PRESS-A"]),
        ('raise Fault(at, "FIGURE-POSE", wrong, mend)', ["FIGURE-POSE"]),
        ('yield ("PANELS", wrong, mend)', ["PANELS"]),
        ('return "EMPTY", wrong, mend', ["EMPTY"]),
        ('self.complain(node, "CHARACTER", wrong, mend)', ["CHARACTER"]),
        ('code, wrong = "TERM-HARD", "is hard"', ["TERM-HARD"]),
        ('def _broken(path, code="YAML-SYNTAX"): ...', ["YAML-SYNTAX"]),
        ('f"coarse: {density} [PAPER-COARSE]"', ["PAPER-COARSE"]),
        ('for name in ("SIGINT", "SIGTERM", "SIGHUP"): ...', []),
        ('unicodedata.normalize("NFC", words)', []),
        ('"A sheet of A4 (LETTER)"', []),
    ],
)
def test_codes_are_found_however_they_are_raised(source, found):
    assert sorted(set(codes_in(source))) == found


NO_CODES = {"ARI", "F-K"}
"""The names of two formulas, in a table of three columns."""


@pytest.fixture(scope="module")
def raised():
    """Return the codes that each module raises."""
    return {
        path: set(codes_in(path.read_text("utf-8"))) - NO_CODES
        for path in sorted((ROOT / "clinicpress").rglob("*.py"))
    }


def test_every_code_that_is_raised_is_registered_and_no_other(raised):
    codes = set().union(*raised.values())
    assert len(codes) > 100
    assert sorted(codes ^ set(register())) == []


def test_no_code_is_made_of_parts(raised):
    """Whoever looks for a code in the program finds it."""
    made = [
        f"{path.name}:{node.lineno}"
        for path in raised
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for place in code_places(node)
        if isinstance(place, ast.JoinedStr)
        and re.search("^[A-Z]{2,}-|-[A-Z]{2,}$", "".join(constants_within(place)))
    ]
    assert made == []


def constants_within(text: ast.JoinedStr) -> Iterator[str]:
    """Yield the parts of a text that stand as they are."""
    yield from (part.value for part in text.values if isinstance(part, ast.Constant))


def words_of_tests() -> Iterator[str]:
    """Yield every text of the tests, codes that they assert among them, but for this file's."""
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if path != Path(__file__):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def codes_told(words: str) -> list[str]:
    return [found[1] for found in re.finditer(rf"\[({CODE.pattern})\]", words)]


def test_every_rule_is_broken_by_some_test():
    """It asserts the code itself, or what ends in it."""
    broken = {code for words in words_of_tests() for code in (words, *codes_told(words))}
    assert sorted(set(register()) - broken) == []


def test_a_code_is_in_one_family_alone():
    listed = [code for family in families().values() for code in family]
    assert len(listed) == len(set(listed)) == len(register()) > 100
    assert all(CODE.fullmatch(code) for code in listed)


@pytest.mark.parametrize("code", register())
def test_a_rule_is_said_in_sentences(code):
    rule = register()[code]
    texts = (rule.wrong, rule.why, rule.mend, rule.source)
    assert [text for text in texts if not re.match(r"\S.*(\.|https://\S+)$", text)] == []
    assert ". " not in rule.wrong, "one sentence says what is wrong"


LET_THROUGH = {
    **dict.fromkeys(("EVIDENCE", "EDITORIAL-NOTE", "ITEM-UNREAD"), "fails-check"),
    **dict.fromkeys(("READING-LEVEL", "READING-MEAN", "SENTENCE-LONG", "PASSIVE"), "fails-check"),
    **dict.fromkeys(("TERM-HARD", "TERM-ABBREVIATION"), "fails-check"),
    **dict.fromkeys(("LIST-LONG", "ANSWER-LONG", "EXERCISE-LIMIT"), "fails-check"),
    **dict.fromkeys(("PAGE-BEGIN", "PAGE-FIGURE", "PAGE-FILL"), "fails-check"),
    **dict.fromkeys(("PAGE-REPEAT", "PAGE-SIGNS", "PAGE-TYPE"), "fails-check"),
    **dict.fromkeys(("BRAND-LOGO", "BRAND-UNREAD"), "fails-check"),
    **dict.fromkeys(("BRAND-REGION", "BRAND-REACH", "BRAND-COLOUR", "BRAND-SAME"), "told"),
    "BRAND-PLAIN": "told",
    **dict.fromkeys(("PAPER-COARSE", "PICK-MANY", "NOT-SIGNED", "SIGN-UNREQUIRED"), "told"),
    **dict.fromkeys(("ORDER-UNSAID", "DOSE-UNUSUAL"), "told"),
    "SCAN-LOST": "fails-check",
    "ITEM-TO-CHANGE": "told",
}
"""The rules that stop no print. Every other does: that one comes in here is a decision."""


def test_no_rule_gets_milder_by_a_slip():
    milder = {code: rule.severity for code, rule in register().items()}
    assert {code: said for code, said in milder.items() if said != "stops-print"} == LET_THROUGH


ON_CHECK_ONLY = ("changes.py", "judge.py", "measures.py", "scans.py", "unread.py")
"""Modules that no print goes through."""

WEIGHED = ("branding.py", "sources.py", "paper.py", "picking.py", "pipeline.py", "run.py",
           "stopping.py")  # fmt: skip
"""Modules that tell both, what stops a print and what does not."""


def test_the_register_says_of_a_code_what_its_module_does(raised):
    milder = {
        path.name: [code for code in codes if register()[code].severity != "stops-print"]
        for path, codes in raised.items()
        if codes and path.name not in WEIGHED
    }
    assert len(milder) > 30
    assert {name for name, codes in milder.items() if codes} == set(ON_CHECK_ONLY)
    for path in raised:
        if path.name in ON_CHECK_ONLY:
            assert set(milder[path.name]) == raised[path]


def problem(code: str) -> Problem:
    return Problem(Place("sources"), code, "it is wrong", "Mend it.")


@pytest.mark.parametrize(
    ("code", "stops", "fails"),
    [("SAFE-SIGN", True, True), ("EVIDENCE", False, True), ("PICK-MANY", False, False)],
)
def test_the_register_says_what_a_problem_stops(code, stops, fails):
    assert (stops_print(problem(code)), fails_check(problem(code))) == (stops, fails)


@pytest.mark.parametrize(("code", "result"), [("PASSIVE", "FAIL"), ("PICK-MANY", "no limit")])
def test_a_print_is_judged_by_what_its_findings_do(code, result):
    found = Finding(Place("sources"), code, "general", None, "it is wrong", "Mend it.")
    assert Reading("tiny", "sheet", "general", None, (), (), (found,)).result == result


def test_what_is_not_registered_stops_a_print():
    assert severity(problem("NEW-RULE")) == "stops-print"


def registered_as(rule: str, severity: str, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = register()[rule].model_copy(update={"severity": severity})
    monkeypatch.setattr(codes, "register", lambda: {**register(), rule: changed})


def test_a_statement_without_evidence_is_printed_and_fails_the_check(clinic):
    without_evidence(clinic)
    assert clinic.generate("handout", "thumb-sheet").code == 0
    assert "[EVIDENCE]" in clinic.generate("check").out


def test_whether_it_stops_a_print_is_up_to_the_register(clinic, monkeypatch):
    without_evidence(clinic)
    registered_as("EVIDENCE", "stops-print", monkeypatch)
    ended = clinic.generate("handout", "thumb-sheet")
    assert (ended.code, clinic.files()) == (1, [])
    assert "[EVIDENCE]" in ended.err


def test_what_is_only_told_fails_no_check(clinic, monkeypatch):
    without_evidence(clinic)
    registered_as("EVIDENCE", "told", monkeypatch)
    ended = clinic.generate("check")
    assert ended.code == 0
    assert ended.out.splitlines()[-1].endswith(", 1 finding: passed.")


def without_evidence(clinic) -> None:
    clinic.change("sources/tiny/exercises/thumb-bend.yaml", "evidence: [S1]\n", "")


def test_the_check_says_how_many_findings_stop_a_print(clinic):
    without_evidence(clinic)
    clinic.change("sources/tiny/exercises/thumb-bend.yaml", "Bend your thumb.", "Bend your ☃.")
    *_, more, summary = clinic.generate("check").out.splitlines()
    assert more == "To read more: generate explain EVIDENCE GLYPH"
    assert summary.endswith(", 2 findings, of which 1 stops a print: FAILED.")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("NEW-RULE:\n  severity: fatal\n  wrong: W.\n  why: W.\n  mend: M.\n",
         "rules/new.yaml:2: “NEW-RULE › severity” is “fatal”, which is not one of the choices. "),
        ("NEW-RULE:\n  severity: told\n  wrong: W.\n  why: W.\n",
         "rules/new.yaml:1: the key “NEW-RULE › mend” is missing. Add it. [KEY-MISSING]"),
    ],
    ids=["a severity that is none", "no mend"],
)  # fmt: skip
def test_a_slip_in_the_register_is_told_with_its_line(tmp_path, monkeypatch, entry, said):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/new.yaml").write_text(entry)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(codes, "RULES", Path("rules"))
    with pytest.raises(Problems) as told:
        families.__wrapped__()
    assert str(told.value).startswith(said)


def test_a_rule_needs_no_source_of_its_own():
    rule = Rule(severity="told", wrong="W.", why="W.", mend="M.")
    assert rule.source == "The project's own rule."
