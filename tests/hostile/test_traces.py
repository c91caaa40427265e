"""Nothing that is made names a folder, a user or a computer."""

import base64
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.conftest import ROOT, TINY, environment
from tests.hostile.traces import found_in, of_this_machine

WORD = "zebraquux"
COMMANDS = (
    ("all", "--format", "standard", "--audience", "general"),
    ("handout", "thumb-sheet", "--for", "home,press"),
    ("booklet", "--for", "press", "--colour", "cmyk"),
    ("handout", "thumb-sheet", "--brand", "night"),
    ("compare", "--audience", "general", "older-adult"),
    ("test-sheet", "--paper", "A4"),
    ("review", "pack", "--audience", "general"),
    ("schema", "--output", "output/help"),
    ("impose", "output/default/tiny/tiny_booklet_general_standard_en-neutral_A5.pdf"),
)

KINDS = {
    "proofs": "default/*/*_A4.pdf",
    "booklet": "default/*/*_A5.pdf",
    "other-brand": "night/*/*.pdf",
    "home": "default/*/*_home.pdf",
    "press": "default/*/*_press.pdf",
    "four-inks": "default/*/*_press_cmyk.pdf",
    "notes": "default/*/*.txt",
    "comparison": "default/*/*_compare_*.pdf",
    "test-sheet": "test-sheet_*.pdf",
    "review-pack": "default/*/*_review-pack_*.pdf",
    "review-table": "default/*/*_review-pack_*.csv",
    "imposed": "*saddle-stitch*.pdf",
    "imposing-note": "*saddle-stitch*.txt",
    "help": "help/**/*.*",
    "counter-page": "index.html",
    "thumbnails": ".counter/*.webp",
    "note-of-counter": ".counter/*.json",
    "records": ".clinicpress/*",
}
"""Everything that is made, by where it lies."""


def printed(folder: Path, *commands: tuple[str, ...]) -> Path:
    """Run commands where every name that a machine can give away holds the word; return output."""
    home, temporary, clinic = (folder / f"{WORD}-{what}" for what in ("home", "tmp", "clinic"))
    for each in (home, temporary):
        each.mkdir(parents=True)
    own = environment(
        HOME=str(home), TMPDIR=str(temporary), USER=f"{WORD}-user", LOGNAME=f"{WORD}-user",
        USERNAME=f"{WORD}-user", HOSTNAME=f"{WORD}-host", COMPUTERNAME=f"{WORD}-host",
        EMAIL=f"{WORD}@example.org",
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_THE_OTHER, json.dumps(commands)], cwd=clinic, env=own,
        text=True, capture_output=True, timeout=3000, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return clinic / "output"


ONE_AFTER_THE_OTHER = """
import json, sys
from clinicpress.cli.app import main
for command in json.loads(sys.argv.pop()):
    sys.argv[1:] = command
    try:
        main()
    except SystemExit as end:
        if end.code:
            raise
"""
"""Commands in one process, which imports the engines once."""


together = pytest.mark.xdist_group("traces")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what all commands make of the tiny content."""
    folder = tmp_path_factory.mktemp("traces")
    shutil.copytree(TINY, folder / f"{WORD}-clinic" / "sources")
    shutil.copytree(ROOT / "layouts", folder / f"{WORD}-clinic" / "layouts")
    _another_brand(folder / f"{WORD}-clinic" / "layouts" / "brands")
    one_job = [(*each, "--jobs", "1") for each in COMMANDS[:4]]
    return printed(folder, *one_job, *COMMANDS[4:])


def _another_brand(brands: Path) -> None:
    """Add a brand with a picture and a template of its own."""
    shutil.copytree(brands / "default", brands / "night", dirs_exist_ok=True)
    (brands / "night" / "styles").mkdir(exist_ok=True)
    (brands / "night" / "styles" / "brand.css").write_text("h1 { letter-spacing: 0.1pt }\n")


@pytest.mark.slow
@together
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_is_made_names_folder_user_or_computer(output, kind, tmp_path):
    files = [path for path in output.glob(KINDS[kind]) if path.is_file()]
    assert files != []
    for path in files:
        shutil.copyfile(path, tmp_path / path.name)
    words = {WORD, *of_this_machine()}
    assert [str(trace) for trace in found_in(tmp_path, words)] == []


@pytest.mark.slow
@together
def test_every_file_is_of_a_kind_that_is_looked_at(output):
    known = {path for pattern in KINDS.values() for path in output.glob(pattern)}
    every = {path for path in output.rglob("*") if path.is_file()}
    assert sorted(path.name for path in every - known) == []


@pytest.mark.slow
@together
def test_the_same_content_in_another_folder_makes_the_same_files(output, tmp_path):
    shutil.copytree(output.parent / "sources", tmp_path / f"{WORD}-clinic" / "sources")
    shutil.copytree(output.parent / "layouts", tmp_path / f"{WORD}-clinic" / "layouts")
    again = printed(tmp_path, (*COMMANDS[1], "--jobs", "1"))
    made = [path.relative_to(again) for path in again.glob("default/*/*")]
    assert len(made) == 4
    assert [
        path for path in made if (again / path).read_bytes() != (output / path).read_bytes()
    ] == []


@pytest.mark.some(0)
@pytest.mark.slow
def test_no_file_of_all_real_prints_names_folder_user_or_computer(tmp_path, full):
    """Adults' standard print, for each use of it; for the full matrix all that there is."""
    few = () if full else ("--audience", "general", "--format", "standard")
    for name in ("sources", "layouts"):
        shutil.copytree(ROOT / name, tmp_path / f"{WORD}-clinic" / name)
    asked = ("all", "--region", "GB", "--for", "proof,home,press", *few)
    output = printed(tmp_path, asked)
    assert len(list(output.rglob("*.pdf"))) > (100 if full else 24)
    assert found_in(output, {WORD, *of_this_machine()}) == []


# --- the search itself is not blind ------------------------------------------


def pdf(change: Callable[[pikepdf.Pdf], None], **saved: object) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    change(document)
    content = io.BytesIO()
    document.save(content, **saved)
    return content.getvalue()


def in_info(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = WORD


def in_utf_16(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = f"Übung {WORD} →"


def in_xmp(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as notes:
        notes["xmp:CreatorTool"] = WORD


def in_stream(document: pikepdf.Pdf) -> None:
    stream = pikepdf.Stream(document, f"% {WORD}".encode())
    document.pages[0].Contents = document.make_indirect(stream)


def in_hexadecimal(document: pikepdf.Pdf) -> None:
    stream = pikepdf.Stream(document, b"<" + WORD.encode().hex().encode() + b"> Tj")
    document.pages[0].Contents = document.make_indirect(stream)


def in_name(document: pikepdf.Pdf) -> None:
    document.pages[0].PieceInfo = pikepdf.Dictionary({f"/{WORD}": pikepdf.Dictionary()})


def in_array(document: pikepdf.Pdf) -> None:
    document.Root.ID = pikepdf.Array([pikepdf.String("x"), pikepdf.Array([pikepdf.String(WORD)])])


def in_attachment(document: pikepdf.Pdf) -> None:
    document.attachments["a"] = pikepdf.AttachedFileSpec(document, WORD.encode(), filename="a")


def in_link(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("file:///home/anna/a.html"))
    document.pages[0].Annots = pikepdf.Array(
        [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)]
    )


def picture(kind: str, **saved: object) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, kind, **saved)
    return content.getvalue()


def noted() -> Image.Exif:
    notes = Image.Exif()
    notes[0x013B] = WORD  # Artist
    return notes


PACKED = {
    "compress_streams": True,
    "object_stream_mode": pikepdf.ObjectStreamMode.generate,
}
NOTED = picture("WEBP", exif=noted())
PLANTED = {
    "author": pdf(in_info, **PACKED),
    "title-in-utf-16": pdf(in_utf_16, **PACKED),
    "xmp": pdf(in_xmp, **PACKED),
    "packed-content": pdf(in_stream, **PACKED),
    "string-in-hexadecimal": pdf(in_hexadecimal, **PACKED),
    "name-of-a-key": pdf(in_name, **PACKED),
    "array-in-an-array": pdf(in_array, **PACKED),
    "attachment": pdf(in_attachment, **PACKED),
    "link-to-a-file": pdf(in_link, **PACKED),
    "notes-of-a-picture": NOTED,
    "picture-in-a-page": b"data:image/webp;base64," + base64.b64encode(NOTED),
    "json": json.dumps({"path": f"C:\\Users\\{WORD}"}).encode(),
    "slashes-in-json": b'{"a": "\\/tmp\\/' + WORD.encode() + b'"}',
    "address": f"file:///C:/{WORD.upper()}".encode(),
    "someone-elses-home": b'{"/home/anna/sources": [1, 2]}',
}


@pytest.mark.parametrize("kind", PLANTED)
def test_what_was_planted_is_found(kind, tmp_path):
    (tmp_path / "file").write_bytes(PLANTED[kind])
    assert found_in(tmp_path, {WORD}) != []


def test_a_name_of_a_file_counts_too(tmp_path):
    (tmp_path / f"of-{WORD}.txt").touch()
    assert [trace.where for trace in found_in(tmp_path, {WORD})] == ["its name"]


def test_nothing_is_found_where_nothing_is(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf(lambda document: None, **PACKED))
    (tmp_path / "a.webp").write_bytes(picture("WEBP"))
    assert found_in(tmp_path, {WORD}) == []
