"""What every view about a question begins with."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from groepen import toegang
from groepen.forms.noemen import NoemForm
from groepen.models import Antwoord, Vraag
from groepen.rechten import Rechten
from groepen.voorbereid import Voor
from intranet.verzoek import Verzoek

HOOGSTE = 2**63 - 1


_te_lezen = Voor(
    lambda ik, pk: (
        Vraag.objects.zichtbaar_voor(ik)
        .filter(pk=pk)
        .select_related("thread__groep", "thread__steller", "behandelaar")
    )
)


def haal_vraag(request: Verzoek, pk: int) -> tuple[Vraag, Rechten]:
    """Question ``pk`` and what this reader may do with it; 404 when it is not there for them."""
    toegang.onthoud_lidmaatschappen(request.user)
    gevonden = _te_lezen(request.user, pk=pk)
    if not gevonden:
        raise Http404
    return gevonden[0], Rechten(gevonden[0], request.user)


def haal_antwoord(request: Verzoek, pk: int) -> tuple[Antwoord, Rechten]:
    """Answer ``pk``, not deleted, and what this reader may do with its question."""
    toegang.onthoud_lidmaatschappen(request.user)
    antwoorden = Antwoord.objects.zichtbaar_voor(request.user).levend()
    antwoord = get_object_or_404(
        antwoorden.select_related("vraag__thread__groep", "vraag__thread__steller", "schrijver"), pk=pk
    )
    return antwoord, Rechten(antwoord.vraag, request.user)


def eis(mag: bool) -> None:
    """Visible, but not theirs to do: 403."""
    if not mag:
        raise PermissionDenied


def nummer(tekst: str | None) -> int | None:
    """A number of the address bar or a form; None for anything else."""
    if tekst and tekst.isascii() and tekst.isdigit() and len(tekst) < 20:
        return min(int(tekst), HOOGSTE)
    return None


def zeg_van_namen(request: Verzoek, form: NoemForm) -> None:
    """Once the text is posted: who was named and cannot read it."""
    for zin in form.te_zeggen:
        messages.warning(request, zin)


def wil_aan(request: Verzoek) -> bool:
    """Whether the button asks for on; ``aan=0`` is off. Not a toggle: a double click stays one click."""
    return request.POST.get("aan") != "0"
