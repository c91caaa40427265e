"""What is said beside a file for paper."""
