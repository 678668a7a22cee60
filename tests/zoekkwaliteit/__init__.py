"""How well search finds, measured on sets of Dutch documents and queries.

``python -m tests.zoekkwaliteit`` prints the table of docs/zoeken.md. Of each row ``maten`` says how it is
measured; all of them go the way of the search page (``intranet.zoeken.zoek``).
"""
