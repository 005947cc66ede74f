"""The seeds of the three towns, apart from what makes their documents."""

SEEDS = (38, 206, 497)
