"""The page that finds and prints."""

PAGE = "index.html"

KEPT = ".counter"
"""The folder of thumbnails, and of the note which files the page shows."""

LANGUAGE = "en"
"""The language of the page itself, which is for staff."""
