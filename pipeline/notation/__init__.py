"""Notation rules for open statistical tables: one function an item, for any officer's table."""
