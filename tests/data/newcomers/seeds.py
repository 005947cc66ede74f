"""The seeds of the towns, apart from what makes their documents."""

SEEDS = (38, 206, 388, 497, 596)
