"""Questions like this one: while somebody asks, and beside a question that stands there.

Pages of groepen ask for these by address; with htmx only the list comes back.
"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from groepen.models import Thread
from intranet.verzoek import Verzoek
from intranet.zoeken import lijkt_op


@never_cache
@require_safe
def bij_tekst(request: Verzoek) -> HttpResponse:
    """For the words in ``q`` (or ``titel``, as the form of a question has them)."""
    tekst = request.GET.get("q") or request.GET.get("titel", "")
    rijen = lijkt_op.bij_tekst(request.user, tekst)
    return _toon(request, "zoeken/_lijkt_op.html", {"rijen": rijen, "tekst": tekst[: lijkt_op.LANGSTE]})


@require_safe
def bij_thread(request: Verzoek, pk: int) -> HttpResponse:
    """For a question or an article that this person may read."""
    thread = get_object_or_404(Thread.objects.zichtbaar_voor(request.user).levend(), pk=pk)
    rijen = lijkt_op.bij_thread(request.user, thread)
    return _toon(request, "zoeken/_lijkt_op_vraag.html", {"rijen": rijen, "thread": thread, "tekst": ""})


def _toon(request: Verzoek, deel: str, context: dict) -> HttpResponse:
    is_deel = request.htmx and not request.htmx.boosted
    return render(request, deel if is_deel else "zoeken/lijkt_op.html", {"thread": None, **context})
