"""Settings, one module a stage; ``load.py`` brings them together."""
