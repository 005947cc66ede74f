"""Artefacts on disk, and what shaped them."""
