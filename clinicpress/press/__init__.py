"""Pages made ready for paper: sheets, folds, marks and inks."""
