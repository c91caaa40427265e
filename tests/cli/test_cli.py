"""The command line as a user meets it: help, exit codes, what is printed where, what is cached."""

import errno
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from clinicpress import __version__
from tests.conftest import ROOT, tree

COMMANDS = [
    "booklet", "handout", "leaflet", "card", "poster", "diary", "pad",
    "all", "list", "check", "compare", "impose", "test-sheet", "brand", "topic", "init", "schema",
    "help",
]  # fmt: skip
OPTIONS = [
    "topic", "audience", "format", "language", "region", "brand", "paper", "output", "jobs",
    "force", "today", "json", "sources", "layouts", "for", "colour", "grey", "cover", "flip",
    "paper-weight", "draft",
]  # fmt: skip
SHEET = ("handout", "thumb-sheet")
SHEET_PDF = "tiny_thumb-sheet_general_standard_en-neutral_A4.pdf"

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs/test_in_workers.py


def objects(lines: str) -> list[dict]:
    return [json.loads(line) for line in lines.splitlines()]


# ---------------------------------------------------------------- help


@pytest.mark.parametrize("command", [None, *COMMANDS])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_has_examples_that_can_be_typed(clinic, command, option):
    ended = clinic.generate(*filter(None, [command, option]))
    assert (ended.code, ended.err) == (0, "")
    _, _, examples = ended.out.partition("Example")
    lines = [line.strip() for line in examples.partition("Options:")[0].splitlines()[1:]]
    typed = [line for line in lines if line.startswith("generate")]
    assert typed
    for line in typed:
        words = line.split()
        assert words[1] in COMMANDS, line
        helped = clinic.generate(*words[1 : 3 if words[1] == "brand" else 2], "--help")
        assert helped.code == 0
        options = {word for word in words if word.startswith("--")}
        assert options <= set(re.findall(r"--[a-z-]+", helped.out)), line


@pytest.mark.parametrize("command", [(), ("booklet",), ("brand",), ("brand", "new")])
def test_help_is_what_the_option_shows(clinic, command):
    assert clinic.generate("help", *command).out == clinic.generate(*command, "--help").out


def test_help_names_every_command_and_option(clinic):
    out = clinic.generate("--help").out
    assert [name for name in COMMANDS if not re.search(rf"^  {name} ", out, re.MULTILINE)] == []
    out = clinic.generate("all", "--help").out
    for option in OPTIONS:
        assert f"--{option} " in out, option


def test_help_says_how_to_name_several_and_what_is_taken_else(clinic):
    out = " ".join(clinic.generate("all", "--help").out.split())
    assert "Who reads; default: all." in out
    assert "standard, clear or large; default: all." in out
    assert "several with commas" in out
    assert "Who reads; default: general." in " ".join(clinic.generate("booklet", "-h").out.split())


def test_no_line_about_a_command_is_cut_off(clinic):
    _, _, commands = clinic.generate("--help").out.partition("Commands:")
    assert len(commands.splitlines()) > len(COMMANDS)
    assert "..." not in commands


def test_names_may_stand_in_one_option_or_several(clinic):
    asked = ("handout", "thumb-sheet", "--format", "clear")
    one = clinic.generate(*asked, "--audience", "general, older-adult")
    assert (one.code, len(one.out.splitlines())) == (0, 2)
    two = clinic.generate(*asked, "--audience", "general", "--audience", "older-adult")
    assert two.out == one.out


def test_version(clinic):
    assert clinic.generate("--version").out == f"clinicpress, version {__version__}\n"


# ---------------------------------------------------------------- exit codes

# 0 and 130 are proved where a file is made and where Ctrl-C is pressed (test_bad_input.py).


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["list"], 0),
        (["handout", "sheet"], 2),
        (["booklet", "--format", "huge"], 2),
        (["booklet", "--audience", "clinician"], 2),
        (["booklet", "--colour"], 2),
        (["booklet", "--jobs", "0"], 2),
        (["booklet", "--today", "tomorrow"], 2),
        (["print"], 2),
        (["handout"], 2),
        ([], 2),
        (["booklet", "--sources", "nowhere"], 3),
        (["booklet", "--layouts", "nowhere"], 3),
        (["booklet", "--today", "2100-01-01"], 1),
        (["init", "."], 2),
    ],
)
def test_exit_code(clinic, arguments, code):
    ended = clinic.generate(*arguments)
    assert ended.code == code
    assert bool(ended.err) == (code != 0)
    assert clinic.files() == []


NAMES = [
    (["handout", "leaflet"], "There is no publication “leaflet”. Known: booklet, thumb-sheet."),
    (["booklet", "--topic", "tinny"], "There is no topic “tinny”. Did you mean “tiny”?"),
    (["booklet", "--audience", "adult"],
     "There is no audience “adult”. Did you mean “older-adult”?"),
    (["booklet", "--format", "Large"], "There is no format “Large”. Did you mean “large”?"),
    (["booklet", "--language", "cy"], "There is no language “cy”. Known: en."),
    (["booklet", "--region", "gb"], "There is no region “gb”. Did you mean “GB”?"),
    (["booklet", "--region", "United States"],
     "There is no region “United States”. Did you mean “US”?"),
    (["help", "bokklet"], "There is no command “bokklet”. Did you mean “booklet”?"),
    (["help", "booklet", "now"], "There is no command “now”. “generate help” lists them all."),
    (["booklet", "--brand", "defualt"], "There is no brand “defualt”. Did you mean “default”?"),
    (["booklet", "--paper", "A2"],
     "There is no paper “A2”. Known: A3, A4, A5, A6, HalfLetter, Letter, Tabloid."),
    (["booklet", "--paper", "A3"],
     "A booklet in the format “Standard” is not made on A3. Use A4 or Letter or A5 or HalfLetter."),
    (["handout", "thumb-sheet", "--paper", "A5"],
     "A handout in the format “Standard” is not made on A5. Use A4 or Letter."),
    (["booklet", "--audience", "clinician"],
     "There is no “booklet” for “clinician”: a clinician reads the sources. It exists for: "
     "general, older-adult."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), NAMES, ids=[case[1] for case in NAMES])
def test_a_name_that_is_none_brings_the_nearest(clinic, arguments, message):
    ended = clinic.generate(*arguments)
    assert (ended.code, ended.out, ended.err) == (2, "", message + "\n")


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("booklet", "--region", "uk"), "GB"),
        (("booklet", "--audience", "Elderly"), "older-adult"),
        (("check", "--audience", "elderly"), "older-adult"),
    ],
)
def test_what_people_call_it_brings_what_is_meant(clinic, arguments, meant):
    clinic.change(
        "sources/audiences.yaml", "name: Older adults", "name: Older adults\n  also: [elderly]"
    )
    clinic.change(
        "sources/regions.yaml", "name: United Kingdom", "name: United Kingdom\n  also: [UK]"
    )
    ended = clinic.generate(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert f"Did you mean “{meant}”?" in ended.err


def test_a_default_that_the_sources_do_not_hold_is_told(clinic):
    clinic.change("sources/regions.yaml", "neutral:", "anywhere:")
    ended = clinic.generate("booklet")
    assert (ended.code, ended.err) == (
        2,
        "There is no region “neutral”. Known: GB, US, anywhere.\n",
    )


def test_a_country_that_no_calendar_knows_still_prints(clinic):
    clinic.change("sources/regions.yaml", "GB:\n", "XA:\n")
    ended = clinic.generate(*SHEET, "--region", "XA")
    assert ended.code == 0, ended.err


def test_out_of_date_content_is_refused(clinic):
    on_the_day = clinic.generate(*SHEET, "--today", "2028-12-31")
    assert on_the_day.code == 0, on_the_day.err
    day_after = clinic.generate(*SHEET, "--today", "2100-01-01")  # although it is cached
    assert (day_after.code, day_after.out) == (1, "")
    assert day_after.err.endswith(
        "sources/tiny/topic.yaml:8: version 0.1 was to be reviewed by 2028-12-31. "
        "Have a clinician review the content, then set a new version and date. [OVERDUE]\n"
    )


# ---------------------------------------------------------------- what a run prints, and where


def test_paths_go_to_standard_output_and_the_rest_to_standard_error(clinic):
    ended = clinic.generate("handout", "thumb-sheet", "--format", "standard", "--format", "large")
    assert ended.code == 0, ended.err
    assert ended.out.splitlines() == [
        f"output/default/tiny/{SHEET_PDF}",
        "output/default/tiny/tiny_thumb-sheet_general_large_en-neutral_A4.pdf",
    ]
    assert re.fullmatch(r"2 files, \d+ pages; 2 built, 0 up to date; \d+\.\d s\n", ended.err)


def test_json_is_one_object_a_file(clinic):
    ended = clinic.generate(*SHEET, "--json")
    assert (ended.code, ended.err) == (0, "")
    (made,) = objects(ended.out)
    named = ("edition", "path", "pages", "bytes", "code", "review", "seconds", "cached", "warnings")
    assert tuple(made) == named
    assert made["edition"] == {
        "topic": "tiny", "publication": "thumb-sheet", "audience": "general", "format": "standard",
        "language": "en", "region": "neutral", "brand": "default", "paper": "A4",
        "setting": "rack", "production": "proof", "exercises": [], "techniques": [], "dose": "",
        "fold": "", "colour": "rgb", "part": "", "flip": "short", "grammage": 80, "kind": "handout",
        "fields": False, "reference": "", "draft": False,
    }  # fmt: skip
    assert made["path"] == f"output/default/tiny/{SHEET_PDF}"
    assert made["bytes"] == (clinic.folder / made["path"]).stat().st_size
    assert (made["pages"], made["cached"]) == (1, False)
    assert made["seconds"] > 0


# ---------------------------------------------------------------- the sheet for one patient


def in_no_country(clinic):
    clinic.change("layouts/brands/default/brand.yaml", "# region: GB  ", "region: neutral  ")


def test_exercises_are_picked_in_order_with_blank_doses(clinic):
    picked = ("--exercises", "thumb-press, thumb-bend", "--dose", "blank", "--setting", "given")
    in_no_country(clinic)
    ended = clinic.generate("handout", "thumb-sheet", *picked, "--json")
    (made,) = objects(ended.out)
    assert (ended.code, made["warnings"]) == (0, [])
    assert made["edition"]["exercises"] == ["thumb-press", "thumb-bend"]
    assert Path(made["path"]).name == (
        "tiny_thumb-sheet_general_standard_en-neutral_A4_blank-dose_given"
        "_exercises=thumb-press+thumb-bend.pdf"
    )


@pytest.mark.slow
def test_a_sheet_to_be_filled_in_is_a_file_of_its_own(clinic):
    asked = ("handout", "thumb-sheet", "--setting", "given", "--json")
    plain, fields = (clinic.generate(*asked, *more) for more in ((), ("--fields",)))
    assert (plain.code, fields.code) == (0, 0)
    ((one,), (other,)) = objects(plain.out), objects(fields.out)
    assert Path(other["path"]).name == Path(one["path"]).name.replace("_given", "_given_fields")
    assert (one["edition"]["fields"], other["edition"]["fields"]) == (False, True)
    with pypdfium2.PdfDocument(clinic.folder / other["path"]) as document:
        assert document.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM
    (again,) = objects(clinic.generate(*asked, "--fields").out)
    assert again["cached"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "add “--setting given”, or leave it out."),
        (("--setting", "given", "--for", "home"), "Add “--for proof”, or leave it out."),
        (("--setting", "given", "--for", "press"), "Add “--for proof”, or leave it out."),
    ],
)
def test_fields_where_nobody_fills_them_in_are_refused_in_a_sentence(clinic, more, said):
    ended = clinic.generate("handout", "thumb-sheet", "--fields", *more)
    assert (ended.code, ended.out, clinic.files()) == (2, "", [])
    assert ended.err.startswith("“--fields” ")
    assert said in ended.err


def test_fields_on_a_sheet_with_no_place_for_them_are_refused_in_a_sentence(clinic):
    base = (ROOT / "layouts/templates/base.html").read_text(encoding="utf-8")
    clinic.write("layouts/brands/default/templates/base.html", base.replace("data-fields", "a"))
    ended = clinic.generate("handout", "thumb-sheet", "--fields", "--setting", "given")
    assert ended.code == 1
    assert (
        "there is nothing on this print to fill in on a screen. Leave “--fields” out" in ended.err
    )
    assert "[FIELDS-NONE]" in ended.err


@pytest.mark.slow
def test_the_counter_page_offers_nothing_that_is_filled_in_on_a_screen(clinic):
    """It lies on a shared drive: whoever saved what was typed would save it there."""
    asked = ("all", "--setting", "given", "--audience", "general", "--format", "standard")
    assert clinic.generate(*asked, "--fields").code == 0
    assert [name for name in clinic.files() if name.endswith("_given_fields.pdf")]
    assert "_fields.pdf" not in (clinic.folder / "output/index.html").read_text(encoding="utf-8")


def test_too_many_are_printed_with_a_warning_that_is_told_each_time(clinic):
    clinic.change("sources/audiences.yaml", "exercise_limit: 4", "exercise_limit: 1")
    in_no_country(clinic)
    picked = ("handout", "thumb-sheet", "--exercises", "thumb-bend,thumb-press")
    for _ in range(2):
        ended = clinic.generate(*picked)
        assert (ended.code, len(ended.out.splitlines())) == (0, 1)
        assert "2 exercises were picked. For “general” at most 1 are advised" in ended.err
    (made,) = objects(clinic.generate(*picked, "--json").out)
    assert (made["cached"], len(made["warnings"])) == (True, 1)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--exercises", "thumb-bent"],
         "There is no exercise “thumb-bent”. Did you mean “thumb-bend”?"),
        (["--exercises", "thumb-press", "--audience", "older-adult"],
         "“thumb-press” is not for “older-adult”: It loads the joint too much. Leave it out."),
        (["--techniques", "thumb-rub"],
         "In “thumb-sheet” no techniques can be picked. No handout takes any."),
        (["--exercises", ","], "Invalid value for '--exercises': it names nothing. "
         "Write names with commas between."),
        (["--dose", "none"], "Invalid value for '--dose': 'none' is not one of 'print', 'blank'."),
    ],
)  # fmt: skip
def test_a_pick_that_cannot_be_is_told_in_one_sentence(clinic, options, told):
    ended = clinic.generate("handout", "thumb-sheet", *options)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.strip().splitlines()[-1].removeprefix("Error: ") == told
    assert clinic.files() == []


def test_a_booklet_is_no_handout(clinic):
    ended = clinic.generate("handout", "booklet")
    assert (ended.code, ended.err) == (2, "“booklet” is a booklet. Use “generate booklet”.\n")


# ---------------------------------------------------------------- nothing is built twice


def cached(clinic, *arguments):
    ended = clinic.generate(*arguments, "--json")
    assert ended.code == 0, ended.err
    return [each["cached"] for each in objects(ended.out)]


def test_a_second_run_builds_nothing(clinic):
    assert cached(clinic, *SHEET) == [False]
    file = clinic.folder / "output/default/tiny" / SHEET_PDF
    before = (file.stat().st_mtime_ns, file.read_bytes())
    assert cached(clinic, *SHEET) == [True]
    assert (file.stat().st_mtime_ns, file.read_bytes()) == before
    ended = clinic.generate(*SHEET)
    assert ended.err.startswith("1 file, 1 page; 0 built, 1 up to date; ")


def test_force_builds_again_and_gives_the_same_bytes(clinic):
    assert cached(clinic, *SHEET) == [False]
    file = clinic.folder / "output/default/tiny" / SHEET_PDF
    before = file.read_bytes()
    assert cached(clinic, *SHEET, "--force") == [False]
    assert file.read_bytes() == before


def test_only_what_contains_a_change_is_built_again(clinic):
    both = ("handout", "thumb-sheet", "--audience", "general", "--audience", "older-adult")
    assert cached(clinic, *both) == [False, False]
    clinic.change("sources/tiny/exercises/thumb-press.yaml", "Press for", "Push for")
    assert cached(clinic, *both) == [False, True]  # older adults are not given this one
    clinic.change("sources/tiny/causes/strain.yaml", "You used", "You have used")
    assert cached(clinic, *both) == [True, True]  # no sheet speaks of causes
    clinic.change("layouts/brands/default/brand.yaml", "name: Your clinic", "name: Our clinic")
    assert cached(clinic, *both) == [False, False]


@pytest.mark.few(1)
@pytest.mark.parametrize("harm", ["deleted", "changed", "records"])
def test_what_was_lost_or_changed_is_built_again(clinic, harm):
    assert cached(clinic, *SHEET) == [False]
    file = clinic.folder / "output/default/tiny" / SHEET_PDF
    before = file.read_bytes()
    match harm:
        case "deleted":
            file.unlink()
        case "changed":
            file.write_bytes(b"not what it was")
        case "records":
            for record in (clinic.folder / "output/.clinicpress").iterdir():
                record.write_text("{ not JSON")
    assert cached(clinic, *SHEET) == [False]
    assert file.read_bytes() == before


def test_another_brand_is_built_beside_the_first(clinic):
    clinic.write("layouts/brands/night/brand.yaml", "name: Night\n")
    assert cached(clinic, *SHEET) == [False]
    assert cached(clinic, *SHEET, "--brand", "all") == [True, False]
    assert f"night/tiny/{SHEET_PDF}" in clinic.files()


# ---------------------------------------------------------------- list and init


def test_list_says_what_can_be_typed(clinic):
    ended = clinic.generate("list")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "generate booklet                      Sore thumb (general, older-adult)\n"
        "generate handout thumb-sheet          Move your thumb (general, older-adult)\n"
        "\n"
        "--exercises, for thumb-sheet\n"
        "  thumb-bend           Thumb bend\n"
        "  thumb-press          Thumb press (not for older-adult)\n"
        "\n"
        "--audience general, older-adult, clinician\n"
        "--format   standard, clear, large\n"
        "--setting  rack, given\n"
        "--region   GB, US, neutral\n"
        "--brand    default\n"
        "--topic    tiny\n"
    )


def test_list_in_json(clinic):
    first, second = objects(clinic.generate("list", "--json").out)
    assert first == {
        "topic": "tiny", "publication": "booklet", "kind": "booklet", "title": "Sore thumb",
        "audiences": ["general", "older-adult"], "formats": ["standard", "clear", "large"],
        "regions": ["GB", "US", "neutral"], "brands": ["default"], "selections": [],
        "exercises": [], "techniques": [],
    }  # fmt: skip
    assert (second["publication"], second["techniques"]) == ("thumb-sheet", [])
    assert second["exercises"] == [
        {"id": "thumb-bend", "title": "Thumb bend", "not_for": {}},
        {"id": "thumb-press", "title": "Thumb press",
         "not_for": {"older-adult": "It loads the joint too much."}},
    ]  # fmt: skip


def test_an_audience_that_is_like_another_is_listed(clinic):
    like = "resident:\n  name: R\n  for_whom: For R\n  like: older-adult\nclinician:\n"
    clinic.change("sources/audiences.yaml", "clinician:\n", like)
    out = clinic.generate("list").out
    assert "Sore thumb (general, older-adult, resident)\n" in out
    assert "Thumb press (not for older-adult, resident)\n" in out
    ended = clinic.generate("booklet", "--audience", "clinician")
    assert ended.err.endswith("It exists for: general, older-adult, resident.\n")


def test_init_copies_all_that_a_clinic_edits(clinic):
    ended = clinic.generate("init", "new/place")
    assert (ended.code, ended.err) == (0, "")
    assert "new/place/layouts/brands/default/brand.yaml" in ended.out
    for name in ("sources", "layouts"):
        shipped = tree(ROOT / name).items()
        for_clinics = {path: it for path, it in shipped if not path.startswith("counter/")}
        assert tree(clinic.folder / "new/place" / name) == for_clinics
    os.chdir("new/place")
    assert "upper-back-pain" in clinic.generate("list").out


def test_init_in_this_folder_says_where_that_is(clinic, tmp_path, monkeypatch):
    (tmp_path / "new").mkdir()
    monkeypatch.chdir(tmp_path / "new")
    said = clinic.generate("init", ".")
    assert said.code == 0
    assert f"are in this folder, {tmp_path / 'new'}." in said.out
    assert "Then type “generate booklet”." in said.out


@pytest.mark.parametrize("there", ["sources", "layouts", "help"])
def test_init_overwrites_nothing(clinic, there):
    clinic.write(f"used/{there}/mine.yaml", "mine")
    ended = clinic.generate("init", "used")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (f"used/{there} exists already. Choose a new folder; nothing was copied.\n")
    assert tree(clinic.folder / "used") == {f"{there}/mine.yaml": b"mine"}


def test_init_that_fails_leaves_nothing(clinic, monkeypatch):
    real, copied = shutil.copyfile, []

    def fill_the_disk(source, target):
        if len(copied) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        copied.append(target)
        return real(source, target)

    monkeypatch.setattr("clinicpress.authoring.starter.shutil.copyfile", fill_the_disk)
    ended = clinic.generate("init", "new")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err == (
        "new cannot be written: the disk is full. Free some space or choose another folder; "
        "nothing was copied.\n"
    )
    assert tree(clinic.folder / "new") == {}


# ---------------------------------------------------------------- folders and variables


def test_folders_come_from_options_else_variables_else_from_here(clinic, monkeypatch):
    Path("sources").rename("words")
    Path("layouts").rename("looks")
    asked = (*SHEET, "--sources", "words", "--layouts", "looks", "--output", "by-option")
    assert clinic.generate(*asked).out == f"by-option/default/tiny/{SHEET_PDF}\n"

    monkeypatch.setenv("CLINICPRESS_SOURCES", "words")
    monkeypatch.setenv("CLINICPRESS_LAYOUTS", "looks")
    monkeypatch.setenv("CLINICPRESS_OUTPUT", "by-variable")
    assert clinic.generate(*SHEET).out == f"by-variable/default/tiny/{SHEET_PDF}\n"
    assert clinic.generate(*SHEET, "--output", "by-option").out.startswith("by-option/")
    assert clinic.generate("list", "--sources", "nowhere").code == 3


def test_help_names_the_variables(clinic):
    out = clinic.generate("booklet", "--help").out
    for name in ("SOURCES", "LAYOUTS", "OUTPUT"):
        assert f"CLINICPRESS_{name}" in out


def test_without_folders_here_the_shipped_ones_are_used(clinic, tmp_path_factory):
    os.chdir(tmp_path_factory.mktemp("empty"))
    assert "upper-back-pain" in clinic.generate("list").out


# ---------------------------------------------------------------- colour and weight


def terminal(clinic, **changes) -> str:
    """Return what the command writes to a terminal."""
    ours, theirs = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment = {**inherited, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **changes}
    with subprocess.Popen(
        [sys.executable, "-m", "clinicpress", *SHEET],
        cwd=clinic.folder, env=environment, stdout=theirs, stderr=theirs,
    ) as process:  # fmt: skip
        os.close(theirs)
        said = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                said += os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
        assert process.wait() == 0, said
    os.close(ours)
    return said.decode()


def test_colour_on_a_terminal_unless_it_is_not_wanted(clinic):
    assert clinic.generate(*SHEET).code == 0
    assert "\x1b[32m" in terminal(clinic)
    plain = terminal(clinic, NO_COLOR="1")
    assert "1 file, 1 page" in plain
    assert "\x1b" not in plain


def test_many_files_are_a_line_a_folder_where_somebody_sits_unless_each_is_asked_for(
    clinic, monkeypatch
):
    monkeypatch.setattr("clinicpress.cli.progress.MANY", 0)
    named = f"output/default/tiny/{SHEET_PDF}"
    assert clinic.generate(*SHEET).out == f"{named}\n"  # what a script reads
    monkeypatch.setattr("clinicpress.cli.progress._is_watched", lambda: True)
    summed = clinic.generate(*SHEET)
    assert summed.out == ""
    assert "1 file in output/default/tiny; “--verbose” names each." in summed.err
    assert named in clinic.generate(*SHEET, "--verbose").out


HEAVY = ("weasyprint", "jinja2", "pydantic", "yaml", "babel", "pikepdf", "markdown_it", "rich")
WATCH = f"""
import sys
sys.argv = ["generate", *sys.argv[1:]]
from clinicpress.cli.app import main
try:
    main()
finally:
    print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""


def imported(clinic, *arguments) -> list[str]:
    """Return which heavy libraries a run of the command imports."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *arguments],
        cwd=clinic.folder, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stderr.splitlines()[-1].split()


def test_help_and_an_up_to_date_run_import_nothing_heavy(clinic):
    words = ["babel", "markdown_it"]  # are searched for what is never printed; workers do the rest
    assert imported(clinic, *SHEET) == ["pydantic", "yaml", *words]
    assert imported(clinic, *SHEET) == []
    assert imported(clinic, "--help") == []
    assert imported(clinic, "booklet", "--help") == []
    assert imported(clinic, "list") == ["pydantic", "yaml"]


# ---------------------------------------------------------------- what is never done in silence


@pytest.mark.slow
def test_a_failed_run_leaves_no_answer_that_is_stale(clinic):
    """Text that was built, then taken back with its old date, is not taken for up to date."""
    bend = clinic.folder / "sources/tiny/exercises/thumb-bend.yaml"
    plan = clinic.folder / "sources/tiny/publications/booklet.yaml"
    kept = {path: (path.read_text(), path.stat()) for path in (bend, plan)}
    asked = ("all", "--audience", "general", "--format", "standard", "--jobs", "1")
    assert clinic.generate(*asked).code == 0
    bend.write_text(kept[bend][0].replace("Straighten it again.", "Lift the moon."))
    long = (
        "title: " + "Sore thumb " * 90
    )  # so that the booklet's cover fails, after the sheet is made
    plan.write_text(kept[plan][0].replace("title: Sore thumb", long))
    assert clinic.generate(*asked).code == 1
    for path, (text, stat) in kept.items():
        path.write_text(text)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    clinic.generate(*asked)
    with pypdfium2.PdfDocument(clinic.folder / "output/default/tiny" / SHEET_PDF) as sheet:
        assert "Lift the moon" not in "".join(p.get_textpage().get_text_bounded() for p in sheet)


def test_a_language_that_the_content_is_not_written_in_is_refused(clinic):
    english = (clinic.folder / "layouts/strings/en.po").read_text()
    clinic.write("layouts/strings/de.po", english)
    ended = clinic.generate("handout", "thumb-sheet", "--language", "de")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "“tiny” is not translated into “de” yet. It exists in: en.\n"


def test_a_brand_cannot_change_the_emergency_number(clinic):
    clinic.write(
        "layouts/brands/default/brand.yaml",
        'name: Mine\nwords:\n  emergency-number: "01632 960000"\n',
    )
    ended = clinic.generate("handout", "thumb-sheet")
    assert (ended.code, ended.err) == (
        1,
        "layouts/brands/default/brand.yaml:3: a brand cannot change the emergency number. Choose "
        "the region whose number it is, or mend sources/regions.yaml. [EMERGENCY-NUMBER]\n",
    )


def test_a_template_runs_no_code(clinic):
    clinic.write(
        "layouts/brands/default/templates/parts/gate.html",
        "{{ cycler.__init__.__globals__.os.system('touch ran') }}",
    )
    ended = clinic.generate("handout", "thumb-sheet")
    assert (ended.code, (clinic.folder / "ran").exists()) == (1, False)
    assert "[TEMPLATE]" in ended.err


def test_a_misspelt_field_of_words_that_are_free_is_told(clinic):
    clinic.change("layouts/strings/en.po", "{title}, page {page}", "{titlex}, page {page}")
    ended = clinic.generate("booklet")
    assert ended.code == 1
    assert ended.err.splitlines()[-1].endswith("[STRING-NAME]")


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        ("layouts/templates/parts/gate.html", "{{ gate(", '{{ "a" + 1 }}{{ gate(', "TEMPLATE"),
        ("layouts/strings/en.po", "Version {version},", "Version {versoin},", "REVIEW-WORDS"),
        ("layouts/formats.yaml", "  handout: {A4: A4, Letter: Letter}\n  pages: 2",
         "  handout: {A4: A4}\n  pages: 2", "VALUE"),
    ],
    ids=["a sum of a word", "a misspelt field", "a paper left out"],
)  # fmt: skip
def test_a_mistake_in_the_layouts_is_a_problem_not_a_traceback(clinic, path, old, new, code):
    clinic.change(path, old, new)
    ended = clinic.generate("handout", "thumb-sheet")
    assert ended.code == 1
    assert ended.err.splitlines()[-1].endswith(f"[{code}]")
    assert "Traceback" not in ended.err


def test_a_phrase_that_is_never_printed_is_found_in_a_brand(clinic):
    clinic.change("layouts/brands/default/brand.yaml", "name: Your clinic", "name: Magic thumbs")
    clinic.change("sources/tiny/topic.yaml", "[thumbs up]", "[thumbs up, magic thumbs]")
    ended = clinic.generate("handout", "thumb-sheet")
    assert ended.code == 1
    assert "brand.yaml:2: " in ended.err
    assert "[NEVER-PRINT]" in ended.err
