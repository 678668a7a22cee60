"""How a text came to read as it does: every version, each compared with the one before."""

from django.shortcuts import get_object_or_404, render

from groepen.models import Antwoord, Vraag
from groepen.vergelijk import vergelijk, vergelijk_opmaak


def vraag(request, pk):
    ding = get_object_or_404(
        Vraag.objects.zichtbaar_voor(request.user)
        .select_related("thread__groep", "thread__steller")
        .levend(),
        pk=pk,
    )
    oude = ding.thread.versies.filter(antwoord=None).select_related("door")
    return _toon(request, ding, ding.steller, ding.thread.gestart_op, oude, titel=ding.titel, vraag=ding)


def antwoord(request, pk):
    ding = get_object_or_404(
        Antwoord.objects.zichtbaar_voor(request.user)
        .select_related("vraag__thread__groep", "vraag__thread__steller", "schrijver")
        .levend(),
        pk=pk,
    )
    oude = ding.versies.select_related("door")
    return _toon(request, ding, ding.schrijver, ding.gegeven_op, oude, titel="", vraag=ding.vraag)


def _toon(request, ding, schrijver, begin, oude, *, titel, vraag):
    """A Versie holds what was replaced, who replaced it and when: text n belongs to the edit before it."""
    teksten = [(versie.titel, versie.inhoud) for versie in oude] + [(titel, ding.inhoud)]
    makers = [(schrijver, begin)] + [(versie.door, versie.op) for versie in oude]
    stappen = []
    for nummer, ((kop, inhoud), (door, op)) in enumerate(zip(teksten, makers, strict=True), start=1):
        vorige = teksten[nummer - 2] if nummer > 1 else None
        stappen.append(
            {
                "nummer": nummer,
                "door": door,
                "op": op,
                "titel": vergelijk(vorige[0], kop) if vorige else [("gelijk", kop)],
                "inhoud": vergelijk_opmaak(vorige[1], inhoud) if vorige else inhoud,
            }
        )
    stappen.reverse()
    return render(request, "groepen/geschiedenis.html", {"ding": ding, "vraag": vraag, "stappen": stappen})
