"""The engine in plain SQL tables: the default, on SQLite and PostgreSQL alike."""
