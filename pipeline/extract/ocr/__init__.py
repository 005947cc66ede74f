"""Reading pictures of pages: rules by OpenCV, characters by RapidOCR's models (extra ``ocr``).

A picture becomes a page of glyphs and rules like any other, so that the same functions find its
tables.  Nothing that is read here is certain; whoever uses it says so.
"""
