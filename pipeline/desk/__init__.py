"""Around the chain: from a PDF and options to a finished job, and the first hour of a new city."""
