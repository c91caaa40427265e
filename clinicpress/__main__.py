"""Where every command starts; ``python -m clinicpress`` is the same as ``generate``."""

import os
import sys
from contextlib import suppress
from pathlib import Path


def main() -> None:
    """Run the command line; Ctrl-C ends it even while it is being loaded."""
    _run_nothing_of_this_folder()
    try:
        from clinicpress.cli.app import main as run
    except KeyboardInterrupt:
        print("Stopped. Nothing was written.", file=sys.stderr)
        sys.exit(130)
    except (EOFError, ValueError) as error:
        from clinicpress.errors import cut_short

        if not (fault := cut_short(error)):
            raise
        print(fault, file=sys.stderr)
        sys.exit(fault.exit_code)
    run()


def _run_nothing_of_this_folder() -> None:
    """Look for no module where the command is typed: somebody may have sent that folder."""
    os.environ["PYTHONSAFEPATH"] = "1"  # for the workers, which start with a Python of their own
    own = str(Path(__file__).resolve().parents[1])
    with suppress(OSError):  # the folder is gone: cli says so
        if sys.path[0] in {"", str(Path.cwd())} - {own}:
            del sys.path[0]


if __name__ == "__main__":
    main()
