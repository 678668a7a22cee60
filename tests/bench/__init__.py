"""``make bench``: our pages beside the smallest honest Django app that does the same, in one run.

Both run as the shipped server runs (the ``web`` command of docker-compose.yml), each on a PostgreSQL of its
own. What counts is CPU time per request of everything that answers it, in rounds that take turns: on a shared
machine that holds within 15 %, requests per second do not. What must be reached stands in ``eisen``.
"""
