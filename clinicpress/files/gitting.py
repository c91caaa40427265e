"""Reads a folder as a git revision has it: repository and revision -> files in a folder of our own.

A repository may have been sent by anybody, and git runs what a repository's settings name: hooks,
filters, helpers, programs that fetch. So nothing is checked out or archived, which would filter
files; objects alone are read, by commands that know no filter, with settings of the machine and the
user left out, nothing fetched, and no shell. What comes out is looked at before it is written.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from clinicpress.errors import ClinicpressError, EnvironmentFault, UnknownName, shown
from clinicpress.files.names import unholdable
from clinicpress.files.scratch import scratch

REVISION = re.compile(r"(?!-)[\w./@{}^~+-]{1,200}")
"""How a revision may be written: a branch, a tag, a commit, and such as HEAD~2."""

MOST_FILES, MOST_BYTES = 20_000, 200_000_000
"""How many files a revision may hold, and how much they may hold together."""

SECONDS = 120
"""How long git may take for one command."""

SAFELY = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "--no-pager",
          "--no-replace-objects", "--literal-pathspecs")  # fmt: skip
"""What is said to git before each command."""

PLAIN = ("100644", "100755")
"""The modes of files; links and other repositories are none."""

ENTRY = re.compile(
    r"(?P<mode>\d{6}) (?P<kind>\w+) (?P<id>[0-9a-f]{40,64}) +(?P<size>\d+|-)"
    r"\t(?P<name>.+)", re.DOTALL
)  # fmt: skip


@dataclass(frozen=True)
class _Blob:
    id: str
    size: int
    name: str


@contextmanager
def at_revision(revision: str, folder: Path) -> Iterator[Path]:
    """Hold what ``folder`` was at ``revision`` of its repository, in a folder that then goes.

    Raises UnknownName for what is no revision, ClinicpressError for one that holds what is not
    read, EnvironmentFault where there is no git.
    """
    commit = _commit(revision, folder)
    blobs = _blobs(revision, commit, folder)
    with scratch() as place:
        home = place / folder.resolve().name
        home.mkdir()
        for blob, content in zip(blobs, _contents(blobs, folder), strict=True):
            path = home / blob.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield home


def _commit(revision: str, folder: Path) -> str:
    """Return the id of the commit that a revision names. Raises UnknownName."""
    if not REVISION.fullmatch(revision):
        raise UnknownName(
            f"“{revision[:80]}” is neither a folder nor the name of a git revision. Name one, such "
            "as HEAD~1 or v1.0."
        )
    if _git(["rev-parse", "--git-dir"], folder, allowed=True) is None:
        raise UnknownName(
            f"There is no folder “{revision}”, and {shown(folder)} lies in no git repository of "
            "yours that it could be a revision of. Name a folder of sources."
        )
    found = _git(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"],
                 folder, allowed=True)  # fmt: skip
    if not found:
        raise UnknownName(
            f"There is no folder and no git revision “{revision}”. “git log” lists what there is."
        )
    return found.decode("ascii").strip()


def _blobs(revision: str, commit: str, folder: Path) -> list[_Blob]:
    """Return the files of a folder at a commit, each looked at by its name and size."""
    prefix = (_git(["rev-parse", "--show-prefix"], folder) or b"").decode().removesuffix("\n")
    below = ("--", prefix) if prefix else ()
    said = _git(["ls-tree", "-r", "-z", "-l", "--full-tree", commit, *below], folder) or b""
    found = [_blob(entry, prefix, revision) for entry in said.decode("utf-8", "replace").split("\0")
             if entry]  # fmt: skip
    if not found:
        raise ClinicpressError(f"{shown(folder)} holds nothing at the revision “{revision}”.")
    if len(found) > MOST_FILES or sum(one.size for one in found) > MOST_BYTES:
        raise ClinicpressError(
            f"{shown(folder)} holds more at “{revision}” than is read: at most {MOST_FILES:,} "
            f"files of {MOST_BYTES // 10**6} MB together."
        )
    return found


def _blob(entry: str, prefix: str, revision: str) -> _Blob:
    match = ENTRY.fullmatch(entry)
    name = match["name"].removeprefix(prefix) if match else entry[:80]
    if not match or match["kind"] != "blob" or match["mode"] not in PLAIN:
        raise ClinicpressError(
            f"“{name}” is no plain file at “{revision}”. Nothing was read of it."
        )
    path = PurePosixPath(name)
    if not path.parts or path.is_absolute() or any(
        part in (".", "..") or "\\" in part or unholdable(part) for part in path.parts
    ):  # fmt: skip
        raise ClinicpressError(f"“{name}” is no name for a file at “{revision}”. Nothing was read.")
    return _Blob(match["id"], int(match["size"]), name)


def _contents(blobs: Sequence[_Blob], folder: Path) -> Iterator[bytes]:
    """Yield what each file holds, as it was committed."""
    asked = "".join(f"{one.id}\n" for one in blobs).encode("ascii")
    said = _git(["cat-file", "--batch"], folder, asked) or b""
    at = 0
    for one in blobs:
        begin = said.index(b"\n", at) + 1
        if said[at:begin].split() != [one.id.encode(), b"blob", str(one.size).encode()]:
            raise ClinicpressError(f"“{one.name}” cannot be read from the repository.")
        yield said[begin : begin + one.size]
        at = begin + one.size + 1


def _git(
    arguments: Sequence[str], folder: Path, given: bytes = b"", *, allowed: bool = False
) -> bytes | None:
    """Return what git says; None where it fails and that is ``allowed``."""
    program = shutil.which("git")
    if program is None or Path(program).resolve().parent == Path.cwd():
        raise EnvironmentFault("git is not installed. Install it, or name a folder of sources.")
    command = [program, *SAFELY, *arguments]
    try:
        ended = subprocess.run(
            command, cwd=folder, env=_environment(), input=given, capture_output=True,
            timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise ClinicpressError(f"git did not answer within {SECONDS} s. Name a folder.") from None
    if ended.returncode == 0:
        return ended.stdout
    if allowed:
        return None
    said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
    raise ClinicpressError(f"git cannot read it: {said[-1][:200] if said else 'no reason given'}.")


def _environment() -> dict[str, str]:
    """Return the environment without what would lead git elsewhere, or let it fetch or ask."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept, "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0",
        "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1",
    }  # fmt: skip
