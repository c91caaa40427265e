"""What is known of prints that were made: records of an output folder, and releases -> Known."""

from collections.abc import Iterator
from pathlib import Path

from clinicpress.orders.manifest import MANY, made_in, sound_edition
from clinicpress.trust.release import LIST, read_release
from clinicpress.trust.verify import Known


def known_in(output: Path) -> Iterator[Known]:
    """Yield each print that is recorded in ``output``, by the code of its pages.

    Where that is a release, so are those that it took from the rack. Raises ClinicpressError if
    its list is none.
    """
    for made in made_in(output):
        if made.code:
            said = {**made.edition, **{name: list(made.edition[name]) for name in MANY}}
            yield Known(made.code, sound_edition(said).typeset)
    if (output / LIST).is_file():
        release = read_release(output)
        for print in release.prints:
            yield Known(print.code, sound_edition({**print.edition}).typeset)
        for one in release.gone:
            yield Known(one.code, sound_edition({**one.edition}).typeset, one.why)
