"""Measures how long things take, as ratios where it can: ``python -m benchmarks [NAME…]``.

Each ratio is that of the best runs of several interleaved pairs. ``--json FILE`` writes the lines,
too; ``--against WHEEL`` measures another release of this program instead, beside this one.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from benchmarks.measure import PYTHON, ROOT, Bench, Line, Run, ratio
from benchmarks.two_up import many_pages

EDITED = "wall-slide"
"""The exercise that is edited: it stands in some editions, not in all."""


def booklet(bench: Bench) -> Iterator[Line]:
    """Our whole command against others on the same HTML: weasyprint's, and Chromium, with tags."""
    html = _html(bench)
    ours = [PYTHON, "-m", "clinicpress", "booklet", "--force", "--output", "made"]
    bench.run(*ours)
    rivals = {"weasyprint command": (_weasyprint(html), 1.15)}
    if browser := shutil.which("chromium") or shutil.which("google-chrome"):
        rivals["Chromium"] = (_chromium(browser, html), 1.7)
    for name, (theirs, most) in rivals.items():
        bench.run(*theirs)
        pairs = [(bench.run(*ours), bench.run(*theirs)) for _ in range(5)]
        yield ratio(f"booklet, cold / {name}", pairs, most=most)
    peak = max(run.megabytes for run, _ in pairs)
    yield Line("booklet, peak memory", f"{peak:.0f} MB", "at most 250 MB", peak <= 250)


def _html(bench: Bench) -> Path:
    """Return the booklet's HTML, and lay beside it a style with its fonts."""
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
    return html


def _weasyprint(html: Path) -> list[str | Path]:
    """Return the command that sets HTML with the booklet's fonts, and no others."""
    return [PYTHON, "-m", "weasyprint", "--pdf-variant", "pdf/a-3a", "-s", "fonts.css",
            "--base-url", (ROOT / "layouts").as_uri() + "/", html, "weasyprint.pdf"]  # fmt: skip


def _chromium(browser: str, html: Path) -> list[str | Path]:
    """Return the command that prints HTML in a browser, with tags and the booklet's fonts."""
    fonts = (html.parents[1] / "fonts.css").read_text(encoding="utf-8")
    page = html.with_name("chromium.html")
    words = html.read_text(encoding="utf-8").replace("<head>", f"<head><style>{fonts}</style>", 1)
    page.write_text(words, encoding="utf-8")
    return [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--allow-file-access-from-files", "--no-pdf-header-footer", "--export-tagged-pdf",
            f"--user-data-dir={html.parent / 'browser'}", "--print-to-pdf=chromium.pdf",
            page.as_uri()]  # fmt: skip


def handout(bench: Bench) -> Iterator[Line]:
    """Print a handout, cold, above the import of the engine, and 100 picked sheets in a process."""
    ours = (PYTHON, "-m", "clinicpress", "handout", "exercises", "--force", "--output", "made")
    theirs = (PYTHON, "-c", "import weasyprint")
    yield _above("handout, cold, above import weasyprint", bench, ours, theirs, most=0.6)
    count, seconds = bench.run(PYTHON, "-c", PICK, ROOT).out.split()
    each = float(seconds) / int(count)
    yield Line(f"{count} sheets of picks in one process, a sheet", f"{each:.3f} s",
               "at most 0.15 s", each <= 0.15, binding=False)  # fmt: skip


PICK = """
import sys, time
from itertools import combinations, islice
from pathlib import Path
from clinicpress.content.reader import read_library
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.runs.pipeline import prepare, set_pages
root = Path(sys.argv[1])
library = read_library(root / "sources")
(topic,) = library.topics.values()
several = (
    plan(Request(("exercises",), exercises=pick), library, root / "layouts")[0]
    for pick in islice(combinations(sorted(topic.exercises), 3), 101)
)
made = []
for edition in several:
    started = time.perf_counter()
    built = set_pages(prepare(edition, library, root / "layouts"))
    if built.pdf:
        made.append(time.perf_counter() - started)
print(len(made) - 1, sum(made[1:]))
"""


def help(bench: Bench) -> Iterator[Line]:
    """``generate --help`` against the import of click, which it cannot do without."""
    ours = (PYTHON, "-m", "clinicpress", "--help")
    theirs = (PYTHON, "-c", "import click")
    yield _above("generate --help above import click", bench, ours, theirs, most=0.15)


def _above(
    name: str, bench: Bench, ours: Sequence[str], theirs: Sequence[str], *, most: float
) -> Line:
    """Return how many seconds one command takes more than another, that it cannot do without."""
    bench.run(*ours)
    bench.run(*theirs)
    pairs = [(bench.run(*ours), bench.run(*theirs)) for _ in range(7)]
    more = min(ours.seconds for ours, _ in pairs) - min(theirs.seconds for _, theirs in pairs)
    return Line(name, f"{more:.3f} s", f"at most {most:g} s", more <= most, binding=False)


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

    count = len(bench.generate(*everything).out.splitlines())
    yield _above(
        f"nothing changed, {count} files, above import click", bench,
        (PYTHON, "-m", "clinicpress", *map(str, everything)), (PYTHON, "-c", "import click"),
        most=0.1,
    )  # fmt: skip
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


def size(bench: Bench) -> Iterator[Line]:
    """How much memory a worker of a run over all takes, and how large its files are."""
    run = bench.generate(*OF_A_REGION, "--jobs", "2", "--json", watched=True)
    sizes = _sizes(run)
    yield Line(f"{len(sizes)} files, peak memory of a worker", f"{run.workers:.0f} MB",
               "at most 200 MB", 0 < run.workers <= 200)  # fmt: skip
    mean = sum(sizes.values()) / len(sizes) / 1000
    yield Line("… mean size of a file", f"{mean:.1f} KB", "at most 126 KB", mean <= 126)


def _sizes(run: Run) -> dict[str, int]:
    """Return how many bytes each file of a run has, which told of them as JSON."""
    files = map(json.loads, run.out.splitlines())
    return {Path(file["path"]).name: file["bytes"] for file in files}


OF_A_REGION = ("all", "--region", "GB", "--force", "--output", "made")


def pages(bench: Bench) -> Iterator[Line]:
    """Print booklets of made content, whose pages should cost the same however many there are."""
    costs = {}
    for asked in (40, 400, 2000):
        said = bench.run(PYTHON, "-m", "benchmarks.long", str(asked), codes=(0, 1)).out.split()
        if not said:
            yield Line(f"booklet of {asked} pages", "refused", "", True, binding=False)
            continue
        count, (each, bytes_each, peak) = int(said[0]), map(float, said[1:])
        costs[count] = each
        first = next(iter(costs.values()))
        yield Line(f"booklet of {count} pages, work a page", f"{each:.1f} ms",
                   "within 15 %", each <= 1.15 * first, binding=False)  # fmt: skip
        yield Line("… bytes a page, peak memory", f"{bytes_each / 1000:.1f} KB, {peak:.0f} MB", "",
                   True, binding=False)  # fmt: skip


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


def against(bench: Bench, wheel: Path) -> Iterator[Line]:
    """Run our command against that of another release, each with the content that it brings."""
    there = bench.folder / "other"
    bench.run(PYTHON, "-m", "pip", "install", "--no-deps", "--target", there, wheel.resolve())
    other = replace(bench, environment={**bench.environment, "PYTHONPATH": str(there)})
    for name, (often, *asked) in AGAINST.items():
        command = (*asked, "--force", "--json", "--output", "made")
        pairs = [(bench.generate(*command), other.generate(*command)) for _ in range(often)]
        yield ratio(f"{name} / {wheel.stem.split('-py')[0]}", pairs, most=1)
        ours, theirs = map(_sizes, pairs[-1])
        both = ours.keys() & theirs.keys()
        if len(ours) != len(theirs):
            yield Line("… files", f"{len(ours)} and {len(theirs)}", "", True, binding=False)
        if both:
            mine, other_size = (sum(each[name] for name in both) for each in (ours, theirs))
            kilobytes = (f"{size / len(both) / 1000:.1f}" for size in (mine, other_size))
            yield Line(f"… mean size of {len(both)} files of both", f"{' / '.join(kilobytes)} KB",
                       "no larger", mine <= other_size)  # fmt: skip


AGAINST: dict[str, tuple[Any, ...]] = {
    "handout, cold": (5, "handout", "exercises"),
    "booklet, cold": (5, "booklet"),
    "generate all, 2 jobs": (1, "all", "--region", "GB", "--jobs", "2"),
}
"""What is measured against another release: in how many pairs, and what is asked for."""

LINES = {
    "help": help, "handout": handout, "booklet": booklet, "figures": figures, "impose": impose,
    "matrix": matrix, "paper": paper, "size": size, "pages": pages,
}  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 1 if a binding line is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"{', '.join(LINES)}; default: all"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the lines to a file, too")
    parser.add_argument("--against", type=Path, metavar="WHEEL", help="another release to measure")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.names if name not in LINES]:
        parser.error(f"there is no {unknown[0]}; known: {', '.join(LINES)}")
    found = []
    for line in _measured(asked.names, asked.against):
        print(line, flush=True)
        found.append(line)
    if asked.json:
        asked.json.write_text(json.dumps([asdict(line) for line in found], indent=1) + "\n")
    missed = [line.name for line in found if line.binding and not line.met]
    if missed:
        print("\nMissed:", *missed, sep="\n    ", file=sys.stderr)
    return int(bool(missed))


def _measured(names: Sequence[str], wheel: Path | None) -> Iterator[Line]:
    """Yield the lines of these names, or of all, or what there is against a wheel."""
    if wheel and not names:
        with tempfile.TemporaryDirectory(prefix="clinicpress-bench-") as folder:
            yield from against(_bench(Path(folder)), wheel)
        return
    for name in names or LINES:
        with tempfile.TemporaryDirectory(prefix="clinicpress-bench-") as folder:
            yield from LINES[name](_bench(Path(folder)))


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
