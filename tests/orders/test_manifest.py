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


def test_a_print_of_another_document_number_goes(tmp_path):
    """So does its note; what was changed since, and what another edition is, stays."""
    kept = Manifest(tmp_path, INPUTS)
    numbered = replace(EDITION, reference="PIL-7")
    other = replace(EDITION, audience="carer")
    changed = replace(EDITION, reference="PIL-8")
    for each in (EDITION, other, changed):
        kept.keep(made(tmp_path, edition=each))
    (tmp_path / EDITION.path).with_suffix(".txt").write_text("How to print it")
    (tmp_path / changed.path).write_bytes(b"with a note in pen")
    (tmp_path / EDITION.path).with_name(f"mine_{EDITION.name}.pdf").write_bytes(b"pdf")
    new = made(tmp_path, edition=numbered)
    kept.keep(new)
    assert kept.clear_renumbered(new) == [str(EDITION.path)]
    folder = (tmp_path / EDITION.path).parent
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [f"{each.name}.pdf" for each in (numbered, other, changed)] + [f"mine_{EDITION.name}.pdf"]
    )
    assert [each.path for each in manifest.made_in(tmp_path)] == sorted(
        str(each.path) for each in (numbered, other, changed)
    )


def prints(clinic):
    return [each.rpartition("/")[2] for each in clinic.files() if each.endswith(".pdf")]


def test_the_command_says_what_it_took_out(clinic):
    sheet = ("handout", "thumb-sheet", "--brand", "night")
    clinic.write("layouts/brands/night/brand.yaml", "name: Night\nregion: GB\n")
    assert clinic.generate(*sheet).code == 0
    (before,) = prints(clinic)
    clinic.change("layouts/brands/night/brand.yaml", "region", 'reference: "N-{format}"\nregion')
    ended = clinic.generate(*sheet)
    assert ended.code == 0
    name = before
    assert f"Taken out, as the same was printed under another document number: {name}." in ended.err
    assert prints(clinic) == [f"N-standard_{name}"]
