"""What an output folder remembers: which file answers to which request."""

from dataclasses import replace

from clinicpress.manifest import Made, Manifest, load, save

INPUTS = {"sources/a": (1, 1)}
TODAY = "2026-01-01"


def made(output, path="a.pdf", digest="1") -> Made:
    (output / path).write_bytes(b"pdf")
    stat = (output / path).stat()
    return Made(path, {}, digest, 1, stat.st_size, stat.st_mtime_ns)


def test_a_file_that_another_edition_wrote_over_is_no_answer(tmp_path):
    """Whatever the names of files, a request is never answered with another edition's pages."""
    file = made(tmp_path)
    kept = Manifest(inputs=INPUTS, made={file.path: file})
    kept.remember("one", "2099-12-31", {file.path: file.digest})
    save(kept, tmp_path)
    kept = load(tmp_path)
    assert [each.digest for each in kept.answer("one", INPUTS, TODAY, tmp_path)] == ["1"]
    assert [each.digest for each in kept.current(tmp_path)] == ["1"]
    kept.made[file.path] = replace(file, digest="2")
    assert kept.answer("one", INPUTS, TODAY, tmp_path) is None
    assert kept.current(tmp_path) == []
