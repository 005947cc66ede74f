"""Deciding doubts with the page beside them: a page, a workbook, and a local application."""
