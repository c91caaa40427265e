"""Writing files so that a reader never sees half of one."""

import os
import tempfile
from pathlib import Path

from clinicpress.errors import EnvironmentFault, shown


def write_atomic(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` at once, or leave what was there as it is.

    Raises EnvironmentFault if the folder cannot be written or the disk is full.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=".part-", suffix=path.suffix, delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
        temporary = None
    except OSError as error:
        raise EnvironmentFault(
            f"{shown(path)} cannot be written: {(error.strerror or str(error)).lower()}. "
            "Free some space or choose another folder with --output; what was there is untouched."
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
