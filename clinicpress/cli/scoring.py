"""``generate score``: sheets on which a person scores a print, beside what was measured of it."""

import json
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.folders import places_of
from clinicpress.cli.options import (
    CHOOSING,
    as_json,
    edition_options,
    folder_options,
    jobs_option,
    many,
    output_option,
    request_of,
)
from clinicpress.cli.progress import Bar
from clinicpress.cli.terminal import counted, tell
from clinicpress.errors import shown
from clinicpress.orders.request import ALL

if TYPE_CHECKING:
    from clinicpress.trust.instruments import Instrument
    from clinicpress.trust.score import Sheet


@click.command(epilog=CHOOSING, short_help="Write sheets to score prints on.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@many("instrument", "pemat-p, cdc-index or eqip-36; default: all.")
@output_option
@jobs_option
@as_json("sheet")
def score(instruments: tuple[str, ...], jobs: int, as_json: bool, **given: Any) -> None:
    """Write sheets on which a person scores the prints of NAME, or of all, by PEMAT-P and others.

    Beside each item stands what the program can measure, with page and words. It scores nothing:
    answers and totals are for who fills the sheet in, on a screen or on paper.

    \b
    Examples:
      generate score exercises --region GB
      generate score exercises booklet --instrument pemat-p --json
    """
    from clinicpress.trust.instruments import chosen
    from clinicpress.trust.score import score_sheets

    asked = chosen(instruments)
    request = request_of({**given, "names": given["names"] or (ALL,)})
    count = 0
    with Bar() as bar:
        for sheet in score_sheets(request, asked, places_of(given), jobs=jobs, report=bar.advance):
            count += 1
            click.echo(_json(sheet, asked[sheet.instrument]) if as_json else shown(sheet.path))
    tell(f"{counted(count, 'sheet')} to be filled in. Nothing is scored yet.")


score = folder_options(edition_options(score, "general", "standard"))


def _json(sheet: "Sheet", instrument: "Instrument") -> str:
    """Return all that a sheet holds but for a person's answers, which are not there."""
    measured, edition = sheet.measured, sheet.measured.edition
    named = ("topic", "publication", "audience", "format", "language", "region", "brand", "paper",
             "setting")  # fmt: skip
    said = {"kind": "score-sheet", "instrument": sheet.instrument, "source": instrument.source,
            "wording": instrument.wording, **{name: getattr(edition, name) for name in named},
            "version": measured.version, "code": measured.code, "path": str(sheet.path),
            "items": [_item(each, sheet) for each in instrument.items()]}  # fmt: skip
    return json.dumps(said, ensure_ascii=False)


def _item(item: Any, sheet: "Sheet") -> dict[str, Any]:
    found = (sheet.measured.measures[name] for name in item.beside)
    measured = [{"measure": one.id, **one.numbers,
                 "evidence": [{"page": quote.page or None, "words": quote.words}
                              for quote in one.quotes]} for one in found]  # fmt: skip
    return {"number": item.number, "text": item.text, "answer": None, "measured": measured}


COMMANDS = (score,)
