"""The pipeline of one edition, from its words to its pages."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from clinicpress.errors import Place, Problem, Problems, Unfit, named, shown
from clinicpress.files import engines, paths
from clinicpress.files.digests import of_words
from clinicpress.files.output import write_below

if TYPE_CHECKING:
    from clinicpress.checks.seen.letters import Reading
    from clinicpress.checks.seen.wanted import Wanted
    from clinicpress.content.library import Library
    from clinicpress.content.model import Decision
    from clinicpress.design.design import Design
    from clinicpress.editions.edition import Edition
    from clinicpress.editions.manuscript import Manuscript
    from clinicpress.editions.state import SignOffs, State
    from clinicpress.figures.plate import Drawings
    from clinicpress.pages.gist import Saying
    from clinicpress.pdf.metadata import Provenance
    from clinicpress.runs.fitting import Fitted


WIDE = 1.4
"""The shape of a drawing that is shown by itself: its width over its height."""


@dataclass(frozen=True)
class Prepared:
    """All that decides what an edition looks like, and a digest of it.

    ``pages`` is a digest of what decides its pages alone, before they are made ready for paper.
    """

    edition: "Edition"
    manuscript: "Manuscript"
    design: "Design"
    signoffs: "SignOffs"
    digest: str = field(compare=False)
    pages: str = field(compare=False)

    @property
    def path(self) -> str:
        """Where the PDF goes, below the output folder."""
        return str(self.edition.path)

    @property
    def words(self) -> int:
        """About how many words there are to set, names of fields included."""
        return len(repr(self.manuscript).split())

    def told(self) -> Iterator[str]:
        """Yield what is to be minded of a brand: a colour that is shifted, or no country.

        So is what nothing reads, such as a template whose name is misspelt, or a coarse logo.
        """
        from clinicpress.checks.branding import noticed
        from clinicpress.design.palette import settled_of
        from clinicpress.orders.plan import NO_REGION

        if note := settled_of(self.design.brand.colours).note:
            yield f"{note}."

        brand = self.design.brand_id
        if self.edition.region == NO_REGION and self.design.brand.region is None:
            yield (
                f"the brand “{brand}” has no region, so its prints name no emergency number. Write "
                f"“region:” into {shown(self.design.folders[0] / 'brand.yaml')}, such as GB, US, "
                f"IE, AU or neutral."
            )
        yield from noticed(self.design)

    def drawings(self) -> "Drawings":
        """Return the figures that its pages may ask for. Raises Problems."""
        from clinicpress.figures.plate import Drawings

        manuscript, design = self.manuscript, self.design
        return Drawings(manuscript.plates, manuscript.poses, design.look(), design.symbol)


@dataclass(frozen=True)
class Built:
    """The finished PDF of one edition with what to mind about it, or what is wrong with it."""

    path: str
    pdf: bytes = b""
    pages: int = 0
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    state: "State | None" = None


@dataclass(frozen=True)
class Batch:
    """Editions that are made of the same pages, and these where they are at hand already."""

    prepared: tuple[Prepared, ...]
    pdf: bytes = field(default=b"", repr=False)


def build(edition: "Edition", library: "Library", layouts: Path, output: Path) -> Path:
    """Build one edition and return the path of its PDF.

    Raises Problems if it would be unsafe or ugly, UnknownName if there is no such edition.
    """
    built = set_pages(prepare(edition, library, layouts))
    if built.problems:
        raise Problems(built.problems)
    write_below(output, edition.path, built.pdf)
    return output / edition.path


def preparing(library: "Library", layouts: Path) -> "Callable[[Edition], Prepared]":
    """Return what prepares the editions of a run; a design that several share is opened once."""
    from clinicpress.design.design import open_design

    return partial(prepare, library=library, layouts=layouts, opened=cache(open_design))


def prepare(
    edition: "Edition", library: "Library", layouts: Path,
    opened: "Callable[..., Design] | None" = None,
) -> Prepared:  # fmt: skip
    """Choose the words of ``edition`` and open its design. Raises as ``build`` does.

    ``opened`` opens a design in the place of ``open_design``.
    """
    from clinicpress.checks.glyphs import not_in_own_fonts
    from clinicpress.design.upgrades import read_upgrades
    from clinicpress.editions.code import code_of
    from clinicpress.editions.selection import select
    from clinicpress.editions.state import concerning

    typeset = edition.typeset
    design = design_of(typeset, library, layouts, opened)
    manuscript = select(library, typeset, design.brand.meanings)
    said, look = repr(manuscript), design.digest()
    if problems := list(not_in_own_fonts(said, design)):
        raise Problems(problems)
    topic = library.topics[typeset.topic]
    now = read_upgrades(layouts).version if topic.reviews else 0
    signoffs = concerning(typeset, topic.topic, topic.reviews, now, topic.decisions,
                          topic.mends)  # fmt: skip
    pages = of_words(said, look, _makers(), *signoffs.seals)
    if typeset.fields or typeset.draft:  # it says the same, and is to be known by it
        same = replace(typeset, fields=False, draft=False)
        said = repr(replace(manuscript, edition=same, watermark=""))
    held = {entry.id for section in manuscript.sections for entry in section.entries}
    gone = (wording for wording, one in signoffs.rejected if one.item in held)
    manuscript = replace(manuscript, code=code_of(said, look, *gone))
    is_proof = edition == typeset and edition.production == "proof"
    digest = pages if is_proof else of_words(pages, repr(edition))
    return Prepared(edition, manuscript, design, signoffs, digest, pages)


def said_in(prepared: Prepared) -> Mapping[str, str]:
    """Return what an edition says, item by item, as digests. Raises Problems."""
    from clinicpress.pages.gist import pieces

    return pieces(*_composed(prepared))


def sayings_in(prepared: Prepared) -> Mapping[str, "Saying"]:
    """Return what an edition says, item by item, in words. Raises Problems."""
    from clinicpress.pages.compose import svg_url
    from clinicpress.pages.gist import sayings

    find = prepared.drawings().find
    return sayings(*_composed(prepared), lambda id: svg_url(find(id, WIDE, 0).svg))


def _composed(prepared: Prepared) -> tuple[str, "Manuscript", "Design"]:
    """Return an edition as it is signed: without its state and code."""
    from clinicpress.editions.state import UNSIGNED
    from clinicpress.pages.compose import compose

    manuscript = replace(prepared.manuscript, state=UNSIGNED, code="")
    html = compose(manuscript, prepared.design, prepared.drawings().find, spread=True)
    return html, manuscript, prepared.design


def less_rejected(prepared: Prepared, said: Mapping[str, str]) -> tuple[Prepared, tuple[str, ...]]:
    """Return an edition without the items that a reviewer rejected, and these.

    It is whole where it holds none, or cannot be printed without. ``said`` is what it says.
    """
    from clinicpress.editions.leaving import without_items

    refused = prepared.signoffs.refused(said)
    less = without_items(prepared.manuscript, refused) if refused else None
    return (replace(prepared, manuscript=less), tuple(refused)) if less else (prepared, ())


def state_of(prepared: Prepared) -> "State":
    """Return the state of the review of an edition.

    Raises Problems; also where it says what a reviewer rejected.
    """
    signoffs = prepared.signoffs
    said = said_in(prepared) if signoffs.reviews or signoffs.rejected else {}
    if refused := signoffs.refused(said):
        raise Problems(_rejected(id, one) for id, one in refused.items())
    return signoffs.state(said)


def _rejected(id: str, one: "Decision") -> Problem:
    """Return what to say of an item that was rejected."""
    from clinicpress.content.signoff import in_words

    return Problem(
        Place(), "ITEM-REJECTED", f"“{id}” {in_words(one)}",
        "Reword it, or take it out of what is printed for this reader; what is reworded is "
        "rejected no more.",
    )  # fmt: skip


def _judged(batch: Batch) -> tuple[Batch, tuple[str, ...]]:
    """Return the batch with the state of their review, which is the same for all of its editions.

    What was signed and says something else now is a draft. What was rejected is left out, where
    that may be, and told.
    """
    from clinicpress.editions.leaving import FIGURE

    first = batch.prepared[0]
    said = said_in(first) if first.signoffs.rejected else {}
    less, gone = less_rejected(first, said)
    state = state_of(less)
    judged = tuple(_stated(one, state, less.manuscript) for one in batch.prepared)
    refused = first.signoffs.refused(said)
    return replace(batch, prepared=judged), tuple(
        _left_out(id, refused[id]) for id in gone if not id.startswith(FIGURE)
    )


def _left_out(id: str, one: "Decision") -> str:
    from clinicpress.content.signoff import in_words

    return f"it leaves out “{id}”, which {in_words(one)}."


def _stated(prepared: Prepared, state: "State", less: "Manuscript") -> Prepared:
    """Return an edition with the state of its review, and no more than ``less`` holds."""
    own = replace(prepared.manuscript, sections=less.sections, plates=less.plates)
    changed = "changed" if state.standing == "changed" else ""
    marked = replace(own, state=state, watermark=own.watermark or changed)
    return replace(prepared, manuscript=marked)


def design_of(
    edition: "Edition", library: "Library", layouts: Path,
    opened: "Callable[..., Design] | None" = None,
) -> "Design":  # fmt: skip
    """Open the design of ``edition``. Raises as ``build`` does."""
    from clinicpress.design.design import open_design
    from clinicpress.design.panels import panel_sizes
    from clinicpress.editions.selection import published

    published(library, edition.topic, edition.publication, edition.audience)
    return (opened or open_design)(
        layouts,
        brand=edition.brand,
        format=edition.format,
        language=edition.language,
        paper=edition.paper,
        smallest=library.audiences[edition.audience].smallest_type,
        kind=edition.kind,
        panels=panel_sizes(edition.kind, edition.paper, edition.fold),
    )


@lru_cache(maxsize=1)
def _makers() -> str:
    """Return a fingerprint of the code and engines that make pages out of a manuscript."""
    return " ".join([engines.program(paths.PACKAGE), *engines.versions()])


def set_pages(prepared: Prepared) -> Built:
    """Draw, compose, typeset, check and finish the pages; problems come back in the result."""
    return set_together(Batch((prepared,)))[0]


def set_together(batch: Batch) -> tuple[Built, ...]:
    """Return the PDF of each edition of ``batch``, whose pages are laid out once."""
    from clinicpress.checks.seen.letters import Reading
    from clinicpress.checks.seen.wanted import wanted, wanted_on

    started = time.perf_counter()
    first = batch.prepared[0]
    try:
        batch, gone = _judged(batch)
        first = batch.prepared[0]
        asked = wanted(first.manuscript, first.design)
        pdf, told = (batch.pdf, ()) if batch.pdf else _typeset(first)
        with Reading(pdf) as laid:
            asked = wanted_on(asked, laid)
            if problems := _wrong_as_a_whole(batch, laid, asked):
                raise Problems(problems)
            spent = (time.perf_counter() - started) / len(batch.prepared)
            finished = (_finished(each, laid, asked, spent) for each in batch.prepared)
            minded = (*gone, *told)
            return tuple(replace(one, warnings=(*minded, *one.warnings)) for one in finished)
    except Problems as error:
        return tuple(_refused(each, error) for each in batch.prepared)


def _typeset(prepared: Prepared) -> tuple[bytes, tuple[str, ...]]:
    """Return the pages of an edition, and what is to be minded of them. Raises Problems."""
    from clinicpress.checks.letterhead import in_the_band, is_kept_free
    from clinicpress.design.fonts import upright
    from clinicpress.pages.tags import mend

    fonts = upright(prepared.design.fonts) if prepared.edition.fields else None
    laid, gone = _laid_out(prepared)
    if prepared.edition.fields:
        _refuse_odd_labels(laid.html, prepared)
    pdf = mend(laid.pages.pdf, fonts, _provenance(prepared))
    if is_kept_free(prepared.manuscript, prepared.design) and (
        problems := list(in_the_band(pdf, prepared.design))
    ):
        raise Problems(problems)
    return on_own_paper(pdf, prepared), tuple(_unset(laid, gone))


def _unset(laid: "Fitted", gone: Sequence[str]) -> Iterator[str]:
    """Yield what is to be minded where something that fills room, or of its brand, has none."""
    from clinicpress.runs.filling import left_out

    if gone:
        said = " and ".join(f"“{key}”" for key in gone)
        yield f"it has no room for {said} of its brand, which it leaves out."
    if titles := left_out(laid.manuscript, laid.filled):
        said = named([f"“{title}”" for title in titles])
        yield f"it has no room for {said}, which it leaves out."


def _provenance(prepared: Prepared) -> "Provenance":
    from clinicpress import __version__
    from clinicpress.pdf.metadata import Provenance

    manuscript = prepared.manuscript
    return Provenance(
        code=manuscript.code,
        edition=json.dumps(asdict(manuscript.edition), sort_keys=True),
        version=manuscript.version,
        review=manuscript.state.standing,
        program=__version__,
    )


def _refuse_odd_labels(html: str, prepared: Prepared) -> None:
    """Raise Problems for what a brand's template says of a field that no clinic may say.

    What the strings say may be said: those of a brand are judged where they are written.
    """
    from clinicpress.checks.claims import wrong_of_clinic
    from clinicpress.pages.fields import said_unseen

    place = Place(shown(prepared.design.folders[0]))
    ours = {"".join(words.split()) for words in prepared.design.strings().all()}
    odd = [said for said in said_unseen(html) if "".join(said.split()) not in ours]
    if wrong := wrong_of_clinic(odd, place):
        raise Problems(wrong)


def on_own_paper(pdf: bytes, prepared: Prepared) -> bytes:
    """Return the pages on the clinic's own paper, where it has such. Raises Problems."""
    from clinicpress.checks.claims import wrong_of_clinic
    from clinicpress.checks.letterhead import ON_LETTERHEAD
    from clinicpress.design.brand import stated_in
    from clinicpress.press.underlay import laid_under, words_of

    design, brand = prepared.design, prepared.design.brand
    if brand.background is None or prepared.manuscript.kind not in ON_LETTERHEAD:
        return pdf
    paper = design.find(brand.background).read_bytes()
    place = stated_in(design.folders[:-1], "background")
    try:
        if said := wrong_of_clinic([words_of(paper)], place):
            raise Problems(said)
        on = brand.letterhead.pages if brand.letterhead else "all"
        fit = prepared.manuscript.edition.production != "home"  # which fits it to each sheet
        return laid_under(pdf, paper, on, form=prepared.edition.fields, fit=fit)
    except Unfit as error:
        wrong = f"the background “{brand.background}” {error.wrong}"
        raise Problems([Problem(place, "BACKGROUND", wrong, error.hint)]) from error


def _laid_out(prepared: Prepared) -> tuple["Fitted", tuple[str, ...]]:
    """Return the layout of an edition, and the keys of its brand that gave way.

    Raises Problems: the brand's, where it would fit without what that takes.
    """
    from clinicpress.runs.plainer import for_want_of_room, giving_way, tried

    of = prepared.manuscript, prepared.design, prepared.drawings().find
    laid, problems = tried(*of)
    if not problems and laid:
        return laid, ()
    less, keys = giving_way(*of, problems)
    if less is None:
        raise Problems(for_want_of_room(*of, (laid, problems)))
    return less, keys


def _wrong_as_a_whole(batch: Batch, laid: "Reading", asked: "Wanted") -> list[Problem]:
    """Return what is wrong with pages before they are made ready for paper.

    Pages that are at hand were looked at when they were laid out. Where a cover is printed apart,
    no file holds all that must be read, so it is looked for here.
    """
    from clinicpress.checks.seen.lines import unreadable
    from clinicpress.checks.seen.order import out_of_place
    from clinicpress.checks.seen.strange import in_margins

    problems = [] if batch.pdf else [*out_of_place(laid, asked), *in_margins(laid, asked)]
    if any(each.edition.part for each in batch.prepared):
        problems += unreadable(laid.pdf, asked, {}, laid)
    return problems


def _unread(
    edition: "Edition", finished: bytes, pages: int, laid: "Reading", asked: "Wanted"
) -> Sequence[Problem]:
    """Return a Problem for each line that must be read and cannot, in a file of so many pages.

    A cover that is printed apart, or the inside, is asked for what stands on its own pages.
    """
    from clinicpress.checks.paper import turns
    from clinicpress.checks.seen.lines import parted, unreadable
    from clinicpress.checks.seen.wanted import wanted_of
    from clinicpress.press.leaves import of_booklet

    if edition.part:
        numbers = of_booklet(len(laid), edition.part)
        own = [laid[number] for number in numbers if number is not None]
        asked = wanted_of(parted(asked, laid), own)
    return unreadable(finished, asked, turns(edition, pages), laid)


def _finished(prepared: Prepared, laid: "Reading", asked: "Wanted", spent: float) -> Built:
    """Return the pages ``laid`` made ready for the paper of an edition, and looked at.

    ``asked`` is what has to be seen on them.
    """
    from clinicpress.checks.grey import unclear_in_grey
    from clinicpress.checks.letterhead import longer
    from clinicpress.checks.paper import is_for_grey, look_at
    from clinicpress.press.finish import finish
    from clinicpress.press.imposition import Misfit

    started = time.perf_counter()
    edition = prepared.edition
    try:
        spot = prepared.design.palette["area"]
        finished = finish(laid.pdf, edition, spot=spot)
        found = look_at(finished, edition)
        unclear = unclear_in_grey(prepared.design) if is_for_grey(edition) else ()
        unread = _unread(edition, finished, found.pages, laid, asked)
        if problems := (*found.problems, *unclear, *unread):
            raise Problems(problems)
    except Problems as error:
        return _refused(prepared, error)
    except Misfit as error:
        return _refused(prepared, Problems([Problem(Place(), "FOLD", error.wrong, error.hint)]))
    finished = _watermarked(finished, prepared)
    seconds = spent + time.perf_counter() - started
    longer_now = longer(prepared.manuscript, prepared.design, found.pages)
    state = prepared.manuscript.state
    review = () if state.standing == "unsigned" else (state.missing,)
    told = (*longer_now, *found.warnings, *(f"{said}. [NOT-SIGNED]" for said in review if said))
    return Built(prepared.path, finished, found.pages, seconds, warnings=told, state=state)


def _watermarked(pdf: bytes, prepared: Prepared) -> bytes:
    """Return pages that have been looked at with what is said across each of them, if anything."""
    manuscript, design = prepared.manuscript, prepared.design
    if not manuscript.watermark:
        return pdf
    from clinicpress.design.fonts import upright
    from clinicpress.design.strings import Strings
    from clinicpress.press.watermark import stamped

    own = Strings(design.folders[-1] / f"strings/{design.language}.po")  # and not a brand's
    words = own(f"watermark.{manuscript.watermark}")
    return stamped(pdf, words, upright(design.fonts), form=prepared.edition.fields)


def _refused(prepared: Prepared, error: Problems) -> Built:
    """Return what is wrong with an edition; what is on its pages is told with its name."""
    path = prepared.path
    told = (replace(each, place=each.place.within(path)) for each in error.problems)
    return Built(path, problems=tuple(told))
