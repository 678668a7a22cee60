"""Who keeps search right: communitymanagers, and the redacteuren of a kennisbank."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _

from intranet.verzoek import Verzoek
from kennisbank.models import GroepKennisbank
from profielen.toegang import is_actief


def is_redactie(gebruiker: Any) -> bool:
    """Whether ``gebruiker`` sees what is searched for, and edits synonyms. Never a Gast: it is of the house.

    No query, or one, after ``toegang.onthoud_lidmaatschappen``.
    """
    if not (is_actief(gebruiker) and gebruiker.is_medewerker):
        return False
    return gebruiker.is_communitymanager or GroepKennisbank.objects.van_redacteur(gebruiker).exists()


def redactie(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the redactie alone; 403 for all others: that the page exists is no secret."""

    @wraps(view)
    def alleen(request: Verzoek, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_redactie(request.user):
            raise PermissionDenied(_("Dit is voor communitymanagers en voor redacteuren van een kennisbank."))
        return view(request, *args, **kwargs)

    return alleen
