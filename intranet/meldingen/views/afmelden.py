"""``/meldingen/afmelden/<token>/``: stop some mail, from the mail, without logging in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from intranet.meldingen import afmelden as keuzes


@login_not_required
@csrf_exempt  # a mail program posts here by itself (RFC 8058); the token is the permission
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def afmelden(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button (programs that scan mail open every link); POST does it and says how to undo.

    Names no Groep and no Vraag: who holds the link need not be logged in.
    """
    keuze = keuzes.lees(token)
    if keuze is None:
        raise Http404
    context: dict[str, object] = {"keuze": keuze, "knop": keuzes.vraag(keuze), "gedaan": None}
    if request.method == "POST":
        gedaan = keuzes.doe(keuze)
        if gedaan is None:
            raise Http404
        context |= {"gedaan": gedaan, "knop": keuzes.vraag(gedaan.terug), "keuze": gedaan.terug}
    response = render(request, "meldingen/afmelden.html", context)
    # The address is a secret of one person.
    response["Referrer-Policy"] = "no-referrer"
    return response
