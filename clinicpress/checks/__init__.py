"""Rules, each with one code and one function, over the library, a manuscript or a layout."""
