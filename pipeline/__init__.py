"""Shihyo (指標): from a municipality's yearly KPI report in PDF to validated open data.

Read ``chain.py`` first: it lists the stages in order, what each takes and what it gives.
"""

__version__ = "0.1.0"
