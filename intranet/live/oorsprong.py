"""Which pages may open a socket: our own. Browsers do not stop those of others, and send our cookie along."""

from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host


class OwnOrigin:
    """Lets in what comes from the host that it asks for; else from ``SITE_URL`` or a trusted origin.

    Stricter than ``AllowedHostsOriginValidator``, which with ``ALLOWED_HOSTS=*`` lets in the whole world.
    """

    def __init__(self, application):
        self.application = application
        self.deny = WebsocketDenier.as_asgi()

    async def __call__(self, scope, receive, send):
        headers = dict(scope["headers"])
        origin, host = (headers.get(name, b"").decode("latin1") for name in (b"origin", b"host"))
        inner = self.application if is_own(origin, host) else self.deny
        # Channels looks at every message that goes out, to save a session: a nudge goes straight.
        return await inner({**scope, "straight": send}, receive, send)


def is_own(origin: str, host: str) -> bool:
    """Whether a page of ``origin`` may talk to ``host``. A browser always tells; who does not is none."""
    try:
        scheme, netloc, *_rest = urlsplit(origin)
    except ValueError:
        return False
    if scheme not in ("http", "https") or not netloc:
        return False
    if netloc == host:
        domain, _port = split_domain_port(host)
        return validate_host(domain, settings.ALLOWED_HOSTS)
    return origin == settings.SITE_URL or any(
        _matches(scheme, netloc, trusted) for trusted in settings.CSRF_TRUSTED_ORIGINS
    )


def _matches(scheme: str, netloc: str, trusted: str) -> bool:
    """As Django reads CSRF_TRUSTED_ORIGINS: ``https://*.zandmeer.nl`` is every name below."""
    its_scheme, its_netloc, *_rest = urlsplit(trusted)
    if "*" in its_netloc:
        return scheme == its_scheme and netloc.endswith(its_netloc.lstrip("*"))
    return (scheme, netloc) == (its_scheme, its_netloc)
