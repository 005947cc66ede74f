"""One page through PDFium: its visible glyphs, rules, fills and images, as displayed."""
