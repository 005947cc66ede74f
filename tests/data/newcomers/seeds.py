"""The seeds of the towns, apart from what makes their documents."""

SEEDS = (38, 56, 75, 206, 497)
