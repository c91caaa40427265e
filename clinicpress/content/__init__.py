"""What is said: the sources, read, checked against each other, and held as a library."""
