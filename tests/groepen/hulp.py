"""What the tests of pages share."""

import re
from collections import Counter
from html import unescape

from django.db import connection
from django.test.utils import CaptureQueriesContext


def tekst(response):
    """What a reader sees: tags out, spaces single."""
    html = re.sub(r"<(script|style|svg).*?</\1>", "", response.text, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def kosten(client, adres):
    """The statements that a page costs, counted by shape. The first visit may write (a dot taken away)."""
    client.get(adres)
    with CaptureQueriesContext(connection) as gevangen:
        assert client.get(adres).status_code == 200
    return Counter(re.sub(r"'[^']*'|\b\d+\b", "?", q["sql"]) for q in gevangen.captured_queries)
