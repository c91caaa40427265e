"""Turns reviewed clinical content into print-ready handouts and booklets."""

__version__ = "0.1.0"
