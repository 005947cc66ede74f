"""The seeds of the towns, apart from what makes their documents."""

SEEDS = (38, 206, 497, 596, 907, 64367, 69035)
