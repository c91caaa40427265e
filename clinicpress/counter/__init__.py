"""The page that finds and prints."""
