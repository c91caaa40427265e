"""Where files lie, how they are read and written, and what was made of what."""
