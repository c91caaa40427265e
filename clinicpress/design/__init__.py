"""How it looks: brands, formats, papers, colours, fonts and the words of the layouts."""
