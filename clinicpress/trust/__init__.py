"""What makes a print one to be trusted: sign-offs that bind to what readers get."""
