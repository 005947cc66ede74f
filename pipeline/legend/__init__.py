"""Status rules: their records, what words of a legend mean, whether a set is sound, judging."""
