"""What happens in groepen when someone leaves or goes to work for another Organisatie.

Both run inside the verb that changed the account (``profielen.haken``), so that there is no moment
at which an ended account owns a Groep alone, or a mover still reads the Groepen of the old employer.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q

from groepen import toegang
from groepen.models import Groep, Lidmaatschap
from intranet.events.models import Event


def bij_vertrek(gebruiker, door) -> None:
    """A blocked or ended account: every Groep it owned alone gets another eigenaar.

    The Lidmaatschappen stay, so that whoever comes back stands where they stood; an inactive
    account passes no rule.
    """
    for groep in _alleen_van(gebruiker):
        _geef_door(groep, gebruiker, door)


def bij_wissel(gebruiker, oude_organisatie, door) -> None:
    """Another Organisatie: end the Lidmaatschappen of Groepen that are none of the new one's.

    What the person wrote stays. The eigenaar is told (by the Event's ``reden``) and can bring them back
    as a gast.
    """
    toegang.vergeet_lidmaatschappen(gebruiker)
    eigen = Q(organisaties=gebruiker.organisatie_id) if gebruiker.is_medewerker else Q(pk__in=[])
    blijft = Groep.objects.filter(eigen).values("pk")
    alleen = {groep.pk for groep in _alleen_van(gebruiker)}
    weg = Lidmaatschap.objects.filter(gebruiker=gebruiker).exclude(groep__in=blijft).select_related("groep")
    for groep in Groep.objects.filter(lidmaatschappen__gebruiker=gebruiker, pk__in=blijft):
        # Who was a Gast there may be one no longer.
        groep.tel_leden()
    for lid in weg.order_by("groep"):
        # A Groep is never without an eigenaar, not even for the sake of this rule.
        if lid.groep_id in alleen and not _geef_door(lid.groep, gebruiker, door):
            continue
        lid.groep.verwijder_lid(gebruiker, door, reden="wisselde_organisatie")


def _alleen_van(gebruiker) -> list[Groep]:
    """The Groepen of which ``gebruiker`` is the only eigenaar who can still log in; their rows locked."""
    mijn = gebruiker.lidmaatschappen.filter(toegang.lopend(), rol=toegang.EIGENAAR).values("groep")
    # The Groep's own row is the lock, as in Groep.verwijder_lid: two eigenaren cannot leave at once.
    groepen = list(Groep.objects.select_for_update().filter(pk__in=mijn).order_by("pk"))
    anderen = set(
        Lidmaatschap.objects.lopend()
        .filter(groep__in=groepen, rol=toegang.EIGENAAR, gebruiker__is_active=True)
        .exclude(gebruiker=gebruiker)
        .values_list("groep", flat=True)
    )
    return [groep for groep in groepen if groep.pk not in anderen]


def _geef_door(groep, van, door) -> bool:
    """Hand ``groep`` to who comes after ``van``. Without anyone it keeps its eigenaar; an Event says so."""
    naar = _opvolger(groep, van)
    if naar is None:
        Event.record("groep.zonder_eigenaar", groep=groep, actor=door, ding=van)
        return False
    groep.draag_over(van, naar, door)
    return True


def _opvolger(groep, van):
    """The vervanger of ``van``, else the longest-serving beheerder, else a communitymanager, or None.

    Only someone who can log in. Whoever is not in the Groep yet must be a Medewerker: an outsider is
    never let in, and certainly not as eigenaar, by an accident of someone else's profile.
    """
    mensen = get_user_model()._default_manager.filter(is_active=True).exclude(pk=van.pk)
    leden = groep.lidmaatschappen.filter(toegang.lopend())
    binnen = Q(organisatie__deelname="deelnemer") | Q(pk__in=leden.values("gebruiker"))
    vervanger = mensen.filter(binnen, vervangt=van.pk).first()
    if vervanger is not None:
        return vervanger
    beheerder = (
        leden.filter(rol=toegang.BEHEERDER, gebruiker__in=mensen)
        .select_related("gebruiker")
        .order_by("begonnen_op", "pk")
        .first()
    )
    if beheerder is not None:
        return beheerder.gebruiker
    managers = mensen.filter(is_communitymanager=True, organisatie__deelname="deelnemer").order_by("pk")
    # Rather one of the house: for anyone else the Groep's content is new.
    return managers.filter(organisatie__in=groep.organisaties.values("pk")).first() or managers.first()
