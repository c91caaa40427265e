"""What an output folder remembers: which file answers to which request."""

from dataclasses import asdict, fields, replace
from typing import get_args

from clinicpress.editions.edition import Edition
from clinicpress.orders import manifest
from clinicpress.orders.manifest import Made, Manifest, content_digest

INPUTS = "1" * 64
TODAY = "2026-01-01"
EDITION = Edition("tiny", "thumb-sheet", "general", "standard", "en", "GB", "default", "A4")


def made(output, content=b"pdf", digest="a" * 64, edition=EDITION) -> Made:
    path = output / edition.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    said = asdict(edition) | {"exercises": [], "techniques": []}
    return Made(str(edition.path), said, digest, 1, len(content), content_digest(content))


def test_what_was_noted_is_read_back(tmp_path):
    file = made(tmp_path)
    kept = Manifest(tmp_path, INPUTS)
    kept.keep(file)
    kept.remember("one", "2099-12-31", [file])
    anew = Manifest(tmp_path, INPUTS)
    assert anew.answer("one", TODAY) == [file]
    assert anew.answer("one", "2100-01-01") is None
    assert anew.answer("two", TODAY) is None
    assert anew.holding(file.path, file.digest) == file
    assert anew.holding(file.path, "b" * 64) is None
    assert Manifest(tmp_path, "2" * 64).answer("one", TODAY) is None


def test_a_file_that_another_edition_wrote_over_is_no_answer(tmp_path):
    """Whatever the names of files, a request is never answered with another edition's pages."""
    file = made(tmp_path)
    kept = Manifest(tmp_path, INPUTS)
    kept.remember("one", "2099-12-31", [file])
    assert [each.digest for each in kept.answer("one", TODAY)] == ["a" * 64]
    assert [each.digest for each in kept.current()] == ["a" * 64]
    kept.keep(made(tmp_path, b"other", "b" * 64))
    assert kept.answer("one", TODAY) is None
    assert kept.current() == []


def test_every_field_of_an_edition_is_looked_at(tmp_path):
    """A choice that an edition comes to have is told, or it would make all records unsound."""
    assert {field.name for field in fields(Edition)} == manifest.EDITION
    for name, known in manifest.ONE_OF.items():
        if name != "paper":
            hint = next(field.type for field in fields(Edition) if field.name == name)
            assert get_args(hint) == known, name


def test_a_record_says_of_fields_yes_or_no(tmp_path):
    for said, sound in ((True, True), (False, True), (1, False), ("yes", False), (None, False)):
        file = made(tmp_path, edition=replace(EDITION, fields=bool(said)))
        kept = Manifest(tmp_path, INPUTS)
        kept.keep(replace(file, edition=file.edition | {"fields": said}))
        assert (kept.holding(file.path, file.digest) is not None) == sound, said


def test_a_path_is_that_of_its_edition(tmp_path):
    many = replace(
        EDITION, exercises=("thumb-bend",), fold="z", setting="given", dose="blank", part="cover",
        production="press", colour="cmyk", flip="long", grammage=100, fields=True,
    )  # fmt: skip
    long = replace(EDITION, exercises=tuple(f"exercise-{number}" for number in range(40)))
    for edition in (EDITION, many, long):
        assert manifest._path_of(edition) == str(edition.path)
