"""``python -m clinicpress`` is the same as ``generate``."""

import os
import sys

# Python puts the current folder first. Nothing is imported from there: somebody may have sent it.
if sys.path and sys.path[0] in ("", os.getcwd()):  # noqa: PTH109 - pathlib is yet to be found
    del sys.path[0]

from clinicpress.cli import main

if __name__ == "__main__":
    main()
