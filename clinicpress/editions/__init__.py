"""What one edition says, and that it is safe to say it."""
