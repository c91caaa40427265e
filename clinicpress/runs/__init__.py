"""One edition, many editions, and files that are put on sheets."""
