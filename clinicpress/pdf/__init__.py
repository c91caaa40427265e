"""What all who touch a PDF share."""
