"""What is typed, and what the terminal shows."""
