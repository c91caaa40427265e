"""What somebody asks for, and the editions that it means."""
