"""Measures how long things take, as ratios where it can: ``python -m benchmarks [NAME…]``.

Each ratio is that of the best runs of several interleaved pairs. Names: booklet, figures, help,
impose, matrix, paper.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measure import PYTHON, ROOT, Bench, Line, ratio
from benchmarks.two_up import many_pages

EDITED = "wall-slide"
"""The exercise that is edited: it stands in some editions, not in all."""


def booklet(bench: Bench) -> Iterator[Line]:
    """Our whole command against the weasyprint command on the same HTML, tags on for both."""
    theirs = list(_weasyprint(bench))
    ours = [PYTHON, "-m", "clinicpress", "booklet", "--force", "--output", "made"]
    bench.run(*ours)
    bench.run(*theirs)
    pairs = [(bench.run(*ours), bench.run(*theirs)) for _ in range(5)]
    yield ratio("booklet, cold / weasyprint command", pairs, most=1.15)
    peak = max(run.megabytes for run, _ in pairs)
    yield Line("booklet, peak memory", f"{peak:.0f} MB", "at most 250 MB", peak <= 250)


def _weasyprint(bench: Bench) -> Iterator[str | Path]:
    """Return the command that sets the booklet's HTML with the same fonts, and no others."""
    from clinicpress.design.design import open_design
    from clinicpress.pages.typeset import font_faces

    bench.run(
        PYTHON, "-m", "tests.pdf.press", "notes", "booklet", "--jobs", "1", "--output", "press"
    )
    (html,) = (bench.folder / "notes").glob("*.html")
    design = open_design(
        ROOT / "layouts", brand="default", format="standard", language="en", paper="A5"
    )
    (bench.folder / "fonts.css").write_text(font_faces(design.fonts), encoding="utf-8")
    yield from (PYTHON, "-m", "weasyprint", "--pdf-variant", "pdf/a-3a", "-s", "fonts.css")
    yield from ("--base-url", (ROOT / "layouts").as_uri() + "/", html, "weasyprint.pdf")


def help(bench: Bench) -> Iterator[Line]:
    """``generate --help`` against the import of click, which it cannot do without."""
    ours = (PYTHON, "-m", "clinicpress", "--help")
    theirs = (PYTHON, "-c", "import click")
    bench.run(*ours)
    bench.run(*theirs)
    pairs = [(bench.run(*ours), bench.run(*theirs)) for _ in range(10)]
    more = min(ours.seconds for ours, _ in pairs) - min(theirs.seconds for _, theirs in pairs)
    yield Line("generate --help above import click", f"{more:.3f} s", "at most 0.15 s",
               more <= 0.15, binding=False)  # fmt: skip


def matrix(bench: Bench) -> Iterator[Line]:
    """Everything: with two jobs and with one, again with nothing changed, and after one edit."""
    sources = bench.folder / "sources"
    shutil.copytree(ROOT / "sources", sources)
    everything = ("all", "--sources", sources, "--layouts", ROOT / "layouts", "--output", "all")
    pairs = [
        tuple(bench.generate(*everything, "--force", "--jobs", jobs) for jobs in ("1", "2"))
        for _ in range(3)
    ]
    yield ratio("generate all, 1 job / 2 jobs", pairs, least=1.7)

    again = [bench.generate(*everything) for _ in range(5)]
    best = min(run.seconds for run in again)
    count = len(again[0].out.splitlines())
    yield Line(f"generate all, nothing changed, {count} files", f"{best:.2f} s", "at most 0.5 s",
               best <= 0.5, binding=False)  # fmt: skip
    heavy = _imported(bench, *everything)
    yield Line("… heavy libraries that it imports", ", ".join(heavy) or "none", "none", not heavy)

    holding = _editions_with(EDITED, sources)
    exercise = next(sources.glob(f"*/exercises/{EDITED}.yaml"))
    words = exercise.read_text(encoding="utf-8")
    exercise.write_text(words.replace("title: ", "title: Slow ", 1), encoding="utf-8")
    files = map(json.loads, bench.generate(*everything, "--json").out.splitlines())
    rebuilt = {Path(file["path"]).stem for file in files if not file["cached"]}
    yield Line(f"one exercise ({EDITED}) edited: rebuilt", f"{len(rebuilt)} of {count}",
               f"just {len(holding)}", rebuilt == holding)  # fmt: skip
    print(*(f"    {name}" for name in sorted(rebuilt)), sep="\n")


def figures(bench: Bench) -> Iterator[Line]:
    """Booklet with its figures against the same without, and every figure drawn once."""
    booklet = ("booklet", "--force", "--jobs", "1", "--output", "made")
    bare = "from clinicpress.figures.plate import Drawings\nDrawings.find = lambda *_: None\n"
    ours = (PYTHON, "-c", RUN, *booklet)
    theirs = (PYTHON, "-c", bare + RUN, *booklet)
    bench.run(*ours)
    bench.run(*theirs)
    pairs = [(bench.run(*ours), bench.run(*theirs)) for _ in range(5)]
    yield ratio("booklet with figures / without", pairs, most=1.3)
    count, seconds = bench.run(PYTHON, "-c", DRAW, ROOT).out.split()
    yield Line(f"drawing all {count} figures", f"{float(seconds):.2f} s", "at most 2 s",
               float(seconds) <= 2, binding=False)  # fmt: skip


RUN = "from clinicpress.cli.app import main\nmain()"
DRAW = """
import sys, time
from pathlib import Path
from clinicpress.content.reader import read_library
from clinicpress.design.design import open_design
from clinicpress.authoring.gallery import draw_all, drawings
root = Path(sys.argv[1])
library = read_library(root / "sources")
design = open_design(
    root / "layouts", brand="default", format="standard", language="en", paper="A4"
)
started = time.perf_counter()
count = len(list(draw_all(drawings(library, "general", design))))
print(count, time.perf_counter() - started)
"""


def _imported(bench: Bench, *arguments: str | Path) -> list[str]:
    """Return which heavy libraries a run imports."""
    code = (
        "import sys\n"
        "from clinicpress.cli.app import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "print('imported:', *({'weasyprint', 'jinja2', 'pydantic', 'yaml'} & set(sys.modules)))"
    )
    out = bench.run(PYTHON, "-c", code, *arguments).out
    return sorted(out.splitlines()[-1].split()[1:])


def _editions_with(exercise: str, sources: Path) -> set[str]:
    """Return the names of the editions whose words hold an exercise."""
    from clinicpress.content.reader import read_library
    from clinicpress.editions.selection import select
    from clinicpress.orders.plan import plan
    from clinicpress.orders.request import ALL, Request

    library = read_library(sources)
    editions = plan(Request((ALL,), audiences=(ALL,), formats=(ALL,)), library, ROOT / "layouts")
    return {
        edition.name
        for edition in editions
        if any(entry.id == exercise for entry in select(library, edition).entries("exercises"))
    }


WAYS = {
    "in grey": ("--for", "proof", "--grey"),
    "home": ("--for", "home"),
    "press": ("--for", "press"),
    "press, four inks": ("--for", "press", "--colour", "cmyk"),
    "press, spot ink": ("--for", "press", "--colour", "spot"),
}


def paper(bench: Bench) -> Iterator[Line]:
    """Make the booklet ready for paper and look at the file, against laying it out."""
    proof = [bench.generate("booklet", "--force", "--json") for _ in range(3)]
    pages = json.loads(proof[0].out)["pages"]
    laid_out = min(json.loads(run.out)["seconds"] for run in proof)
    yield Line("booklet laid out, a page", f"{laid_out / pages * 1000:.1f} ms", "", True,
               binding=False)  # fmt: skip
    for name, way in WAYS.items():
        spent = min(_spent(bench, way) for _ in range(3))
        share, each = spent / laid_out, spent / pages * 1000
        yield Line(f"… {name}: on top, of that", f"{share:.2f} ({each:.1f} ms a page)",
                   "at most 0.5", share <= 0.5)  # fmt: skip


def _spent(bench: Bench, way: Sequence[str]) -> float:
    """Return the seconds in which a proof that is there is made ready; the file is put away."""
    made = json.loads(bench.generate("booklet", "--json", *way).out)
    assert not made["cached"]
    (bench.folder / made["path"]).unlink()
    return float(made["seconds"])


PAGES = 1000


def impose(bench: Bench) -> Iterator[Line]:
    """1,000 A5 pages in signatures on A4, by our command and by pypdf; then tagged ones by ours."""
    for name, tagged in (("plain", False), ("tagged", True)):
        source = bench.folder / f"{name}.pdf"
        source.write_bytes(many_pages(PAGES, tagged=tagged))
        ours = [PYTHON, "-m", "clinicpress", "impose", source, "--signature", "4"]
        theirs = [PYTHON, "-m", "benchmarks.two_up", source, "pypdf.pdf", "4"]
        bench.run(*ours)
        bench.run(*theirs)
        pairs = [(bench.run(*ours), bench.run(*theirs)) for _ in range(3)]
        best = min(run.seconds for run, _ in pairs)
        yield ratio(f"{PAGES} {name} pages imposed / pypdf", pairs, most=1)
        yield Line("… a page", f"{best / PAGES * 1000:.2f} ms", "at most 5 ms",
                   best / PAGES <= 0.005, binding=False)  # fmt: skip
        peak = max(run.megabytes for run, _ in pairs)
        yield Line("… peak memory", f"{peak:.0f} MB", "at most 250 MB", peak <= 250)


LINES = {
    "help": help, "booklet": booklet, "figures": figures, "impose": impose, "matrix": matrix,
    "paper": paper,
}  # fmt: skip


def main(names: list[str]) -> int:
    """Print the table; return 1 if a binding line is missed."""
    missed = []
    for name in names or LINES:
        with tempfile.TemporaryDirectory(prefix="clinicpress-bench-") as folder:
            for line in LINES[name](_bench(Path(folder))):
                print(line, flush=True)
                missed += [line] if line.binding and not line.met else []
    if missed:
        print("\nMissed:", *(line.name for line in missed), sep="\n    ", file=sys.stderr)
    return int(bool(missed))


def _bench(folder: Path) -> Bench:
    """Return a bench on which no command finds a font of the machine."""
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><cachedir>{folder}</cachedir></fontconfig>"
    )
    return Bench(folder, {"FONTCONFIG_FILE": str(config)})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
