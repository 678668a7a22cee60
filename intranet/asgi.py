"""Sockets, and under ``manage.py serveer`` the pages too (docs/adr/0004-wsgi-and-asgi.md)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
pages = get_asgi_application()  # loads the apps, which what follows needs

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402

from intranet.live.oorsprong import OwnOrigin  # noqa: E402
from intranet.live.routing import websocket_urlpatterns  # noqa: E402

sockets = OwnOrigin(AuthMiddlewareStack(URLRouter(websocket_urlpatterns)))
application = ProtocolTypeRouter({"http": pages, "websocket": sockets})
