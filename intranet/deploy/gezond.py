"""Ask the server in this container whether it is well: exit 0 or 1. Starts no Django, so it costs nothing."""

import http.client
import os
import sys

poort = int(sys.argv[1])
host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=4)
try:
    verbinding.request("GET", "/gezond/?alleen=web", headers={"Host": host})
    antwoord = verbinding.getresponse()
    print(antwoord.status, antwoord.read(500).decode(errors="replace"))
except OSError as fout:
    sys.exit(str(fout))
sys.exit(antwoord.status != 200)
