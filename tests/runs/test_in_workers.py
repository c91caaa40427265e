"""A run over all, in workers as everybody has them; most other tests print in their own process."""

import json
from pathlib import Path

import pytest


@pytest.mark.slow
def test_all_makes_every_publication_in_every_format_for_everyone_it_exists_for(clinic):
    ended = clinic.generate("all", "--jobs", "2", "--json")
    assert (ended.code, ended.err) == (0, "")
    files = [json.loads(line) for line in ended.out.splitlines()]
    made = [
        (each["edition"]["publication"], each["edition"]["audience"], each["edition"]["format"])
        for each in files
    ]
    assert made == [
        (publication, audience, format)
        for publication in ("booklet", "thumb-sheet")
        for audience in ("general", "older-adult")
        for format in ("standard", "clear", "large")
        if (audience, format) != ("older-adult", "standard")  # whose type would be too small
    ]
    made_files = [path for path in clinic.files() if not path.startswith(".")]
    assert made_files == sorted(
        ["index.html", *(Path(each["path"]).relative_to("output").as_posix()
                                for each in files)]
    )  # fmt: skip
