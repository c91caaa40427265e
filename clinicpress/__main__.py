"""``python -m clinicpress`` is the same as ``generate``."""

from clinicpress.cli import main

if __name__ == "__main__":
    main()
