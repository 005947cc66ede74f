"""From the alignment of text to cells, where no rules part them."""
