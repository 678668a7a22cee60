"""The Groep of an address, through the rule; an old slug leads on, after the rule."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from groepen import toegang
from groepen.models import Groep


def met_groep(
    face: str = "zichtbaar_voor", *, anders: Callable[..., Any] | None = None
) -> Callable[..., Any]:
    """Hands a view the Groep instead of its slug; 404 when the rule does not let this person through.

    Args:
        face: the face of the rule: ``zichtbaar_voor`` (may read) or ``vindbaar_voor`` (may see the card).
        anders: the view for who may see the card and nothing more.
    """

    def om(view):
        @wraps(view)
        def haal_op(request: Any, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
            doe = view
            groep = toegang.groep_van_lid(request.user, slug) or _zoek(
                getattr(Groep.objects, face)(request.user), slug
            )
            if groep is None and anders is not None:
                doe, groep = anders, _zoek(Groep.objects.vindbaar_voor(request.user), slug)
            if groep is None:
                raise Http404
            if groep.slug != slug and request.method in ("GET", "HEAD"):
                adres = redirect(request.resolver_match.view_name, groep.slug, *args, **kwargs)
                if request.GET:
                    adres["Location"] += f"?{request.GET.urlencode()}"
                return adres
            return doe(request, groep, *args, **kwargs)

        return haal_op

    return om


def _zoek(groepen, slug: str) -> Groep | None:
    return groepen.filter(slug=slug).first() or groepen.filter(oude_slugs__slug=slug).first()
