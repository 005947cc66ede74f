"""The second readers, which only witness: another parser, another table finder."""
