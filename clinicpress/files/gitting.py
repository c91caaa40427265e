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
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from threading import Event, Timer

from clinicpress.errors import ClinicpressError, EnvironmentFault, UnknownName, shown
from clinicpress.files.faults import FULL, MACHINES
from clinicpress.files.names import unholdable
from clinicpress.files.scratch import scratch

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]

REVISION = re.compile(r"(?!-)[\w./@{}^~+-]{1,200}")
"""How a revision may be written: a branch, a tag, a commit, and such as HEAD~2."""

MOST_FILES, MOST_BYTES = 20_000, 200_000_000
"""How many files a revision may hold, and how much they may hold together."""

SHORT, LISTED = 10_000, 400
"""Bytes that git says in answer to a question, and of each file in a list, at the most."""

MOST_MEMORY = 2_000_000_000
"""Bytes that git may take: what is small in a repository may be large when it is unpacked."""

SECONDS = 20
"""How long git may take for one command: it waits for ever at a pipe among the objects."""

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
            _lay(home / blob.name, content, revision)
        yield home


def _lay(path: Path, content: bytes, revision: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        if error.errno in (*FULL, *MACHINES):
            raise
        why = (error.strerror or str(error)).lower()
        raise ClinicpressError(
            f"“{path.name[:80]}” at “{revision}” cannot be laid down: {why}."
        ) from None


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
    said = _git(["ls-tree", "-r", "-z", "-l", "--full-tree", commit, *below], folder,
                most=MOST_FILES * LISTED) or b""  # fmt: skip
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
            f"“{name[:80]}” is no plain file at “{revision}”. Nothing was read of it."
        )
    path = PurePosixPath(name)
    if not path.parts or path.is_absolute() or any(
        part in (".", "..") or "\\" in part or unholdable(part) for part in path.parts
    ):  # fmt: skip
        raise ClinicpressError(
            f"“{name[:80]}” is no name for a file at “{revision}”. Nothing was read."
        )
    return _Blob(match["id"], int(match["size"]), name)


def _contents(blobs: Sequence[_Blob], folder: Path) -> Iterator[bytes]:
    """Yield what each file holds, as it was committed."""
    asked = "".join(f"{one.id}\n" for one in blobs).encode("ascii")
    most = sum(one.size + LISTED for one in blobs)
    said = _git(["cat-file", "--batch"], folder, asked, most=most) or b""
    at = 0
    for one in blobs:
        begin = said.index(b"\n", at) + 1
        if said[at:begin].split() != [one.id.encode(), b"blob", str(one.size).encode()]:
            raise ClinicpressError(f"“{one.name}” cannot be read from the repository.")
        yield said[begin : begin + one.size]
        at = begin + one.size + 1


def _git(
    arguments: Sequence[str],
    folder: Path,
    given: bytes = b"",
    *,
    most: int = SHORT,
    allowed: bool = False,
) -> bytes | None:
    """Return what git says, ``most`` bytes at the most; None where it fails and ``allowed``."""
    program = shutil.which("git")
    if program is None or Path(program).resolve().parent == Path.cwd():
        raise EnvironmentFault("git is not installed. Install it, or name a folder of sources.")
    with TemporaryFile() as asked, TemporaryFile() as complaint:
        asked.write(given)
        asked.seek(0)
        process = subprocess.Popen(
            [program, *SAFELY, *arguments], cwd=folder, env=_environment(), stdin=asked,
            stdout=subprocess.PIPE, stderr=complaint,
        )  # fmt: skip
        said = _heard(process, most)
        complaint.seek(0)
        complained = complaint.read(SHORT).decode("utf-8", "replace").strip().splitlines()
    if process.returncode == 0:
        return said
    if allowed:
        return None
    why = complained[-1][:200] if complained else "no reason given"
    raise ClinicpressError(f"git cannot read it: {why}.")


def _heard(process: "subprocess.Popen[bytes]", most: int) -> bytes:
    """Return what a program says until it ends; one that says more, or takes too long, is ended.

    A repository of a few bytes can hold folders in folders that list millions of files.
    """
    _bound(process.pid)
    is_late = Event()

    def end() -> None:
        is_late.set()
        process.kill()

    late = Timer(SECONDS, end)
    late.start()
    try:
        assert process.stdout is not None
        with process.stdout as stream:
            said = stream.read(most + 1)
            if len(said) > most:
                raise ClinicpressError(
                    "The repository holds more than is read. Name a folder of sources."
                )
        process.wait()
    finally:
        late.cancel()
        process.kill()
        process.wait()
    if is_late.is_set():
        raise ClinicpressError(f"git did not answer within {SECONDS} s. Name a folder.")
    return said


def _bound(process: int) -> None:
    """Bound the memory of a program, where the system can."""
    if resource is not None and hasattr(resource, "prlimit"):
        with suppress(OSError, ValueError):
            resource.prlimit(process, resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _environment() -> dict[str, str]:
    """Return the environment without what would lead git elsewhere, or let it fetch or ask."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept, "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0",
        "GIT_ALLOW_PROTOCOL": "", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1",
    }  # fmt: skip
