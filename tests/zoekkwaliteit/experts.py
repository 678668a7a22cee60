"""Z10: for each Onderwerp of a Groep of the demo, is one of those who know it among the first five people?"""

from groepen.models import Antwoord, Groep
from intranet.zoeken import lezer, mensen
from intranet.zoeken.motor import Motor
from profielen.models import Deskundigheid, Gebruiker

DESKUNDIG, MEESTE, EEN_VAN_BEIDE = "deskundig", "antwoordde het meest", "een van beide"


def meet(motor: Motor) -> tuple[dict[str, float], int]:
    """(share found, by what "know" means; how many Onderwerpen), asked by a Lid of the Groep."""
    kenners, meeste = _kenners(), _meeste_antwoorden()
    raak: dict[str, list[bool]] = {DESKUNDIG: [], MEESTE: [], EEN_VAN_BEIDE: []}
    for onderwerp, groep in _onderwerpen():
        kijker = (
            Gebruiker.objects.select_related("organisatie")
            .filter(lidmaatschappen__groep=groep, organisatie__deelname="deelnemer", is_active=True)
            .order_by("pk")[3]
        )
        gevonden = mensen.vind(onderwerp.naam, lezer.sleutels(kijker), kijker, 5, zoekmachine=motor)
        vijf = {een.nummer for een in gevonden}
        weet, gaf = kenners.get(onderwerp.pk, set()), meeste.get(onderwerp.pk, set())
        for naam, wie in zip(raak, (weet, gaf, weet | gaf), strict=True):
            if wie:
                raak[naam].append(bool(wie & vijf))
    deel = {naam: sum(keren) / len(keren) for naam, keren in raak.items()}
    return deel, len(raak[EEN_VAN_BEIDE])


def _onderwerpen():
    koppelingen = Groep.onderwerpen.through.objects.select_related("onderwerp", "groep").order_by("-groep_id")
    per_onderwerp = {rij.onderwerp_id: rij for rij in koppelingen}
    return [(rij.onderwerp, rij.groep) for rij in per_onderwerp.values()]


def _kenners() -> dict[int, set[int]]:
    uit: dict[int, set[int]] = {}
    for wie, onderwerp in Deskundigheid.objects.values_list("profiel", "onderwerp"):
        uit.setdefault(onderwerp, set()).add(wie)
    return uit


def _meeste_antwoorden() -> dict[int, set[int]]:
    keer: dict[int, dict[int, int]] = {}
    antwoorden = Antwoord.objects.levend().select_related("vraag__thread")
    for antwoord in antwoorden.prefetch_related("vraag__onderwerpen"):
        if antwoord.schrijver_id == antwoord.vraag.thread.steller_id:
            continue
        for onderwerp in antwoord.vraag.onderwerpen.all():
            van = keer.setdefault(onderwerp.pk, {})
            van[antwoord.schrijver_id] = van.get(antwoord.schrijver_id, 0) + 1
    return {
        onderwerp: {wie for wie, aantal in van.items() if aantal == max(van.values())}
        for onderwerp, van in keer.items()
    }
