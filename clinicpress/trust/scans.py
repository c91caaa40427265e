"""The scan of a form that somebody signed: kept beside what came of it, known by its digest.

It names a person and bears a signature, so it lies in the sources and gets into no print and no
release.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from clinicpress.content.library import Library
from clinicpress.content.reader import FILES, SCANS
from clinicpress.errors import ClinicpressError, Problem, shown
from clinicpress.files.output import held, write_atomic

FORMS = {b"%PDF-": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png"}
"""How a file that a scanner makes begins, and how it is called."""

MOST_BYTES = 40_000_000


@dataclass(frozen=True)
class Scan:
    """A scan that was read, with the digest by which it is known."""

    content: bytes
    digest: str
    suffix: str

    @property
    def name(self) -> str:
        """What its copy is called, whatever its name was."""
        return f"{self.digest}{self.suffix}"


def read_scan(path: Path) -> Scan:
    """Return a scan. Raises ClinicpressError if it is no file that a scanner makes."""
    content = held(path, MOST_BYTES)
    if content is None:
        raise ClinicpressError(
            f"{shown(path)} is no file of at most {MOST_BYTES // 1_000_000} MB that can be read. "
            "Correct what “--scan” names; nothing was written."
        )
    suffix = next((suffix for begins, suffix in FORMS.items() if content.startswith(begins)), "")
    if not suffix:
        raise ClinicpressError(
            f"{shown(path)} is no PDF, JPEG or PNG. Save the scan as one; nothing was written."
        )
    return Scan(content, sha256(content).hexdigest(), suffix)


def keep_scan(scan: Scan, topic: str, sources: Path) -> Path:
    """Copy a scan beside a topic's sign-offs, and return the copy. Raises EnvironmentFault."""
    path = sources / topic / SCANS / scan.name
    if held(path, len(scan.content)) != scan.content:
        write_atomic(path, scan.content, "--sources")
    return path


def lost_scans(library: Library, topics: Iterable[str], sources: Path) -> Iterator[Problem]:
    """Yield a Problem for each scan that decisions name and that is not there as it was."""
    for id in topics:
        topic = library.topics[id]
        for digest in dict.fromkeys(one.scan for one in topic.decisions if one.scan):
            kept = (held(sources / id / SCANS / f"{digest}{suffix}", MOST_BYTES)
                    for suffix in FORMS.values())  # fmt: skip
            if not any(content and sha256(content).hexdigest() == digest for content in kept):
                yield Problem(
                    topic.place_in(FILES["decisions"][0]), "SCAN-LOST",
                    f"the scan {digest[:12]}… of what somebody signed is not in {id}/{SCANS} as it "
                    "was read",
                    "Put it back, or import the form again with “--scan”.",
                )  # fmt: skip
