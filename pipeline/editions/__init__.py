"""Several editions of one city: its registry of indicators, its time series, what changed."""
