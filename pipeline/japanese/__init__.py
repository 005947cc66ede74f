"""Japanese text: foldings, eras, numerals, when two readings say the same.  Below the stages."""
