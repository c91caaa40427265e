#!/usr/bin/env python3
"""Runs `generate` from a checkout: ./generate.py booklet."""

import os
import sys
from pathlib import Path

venv = Path(__file__).resolve().parent / ".venv"
python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
if python.exists() and Path(sys.prefix).resolve() != venv.resolve():
    os.execv(python, [str(python), *sys.argv])
try:
    from clinicpress.__main__ import main
except ImportError as error:
    if (error.name or "").startswith("clinicpress"):
        raise
    print(f"{error.name} is missing: run “make booklet” first.", file=sys.stderr)
    sys.exit(3)
if __name__ == "__main__":
    main()
