"""From rules to cells."""
