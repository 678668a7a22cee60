"""Pages: gunicorn serves these in production (docs/adr/0004-wsgi-and-asgi.md)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
application = get_wsgi_application()
