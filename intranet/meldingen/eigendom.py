"""Letters to who answers for a Groep: it became theirs, or someone went because of another employer."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from groepen import toegang
from groepen.models import Groep
from intranet.events.models import Event

from .post import adres, brief


def overgedragen(event: Event) -> Iterator[EmailMultiAlternatives]:
    """To the new eigenaar, unless they did it themselves or are it no longer."""
    groep, naar = _groep(event), _gebruiker(event.ding_id)
    if groep is None or naar is None or naar.pk == event.actor_id or not toegang.is_eigenaar(naar, groep):
        return
    link = adres(reverse("groepen:groep", args=[groep.slug]))
    yield brief(event, naar.email, str(naar.pk), naar.taal, "groep_overgedragen", groep=groep, link=link)


def vertrokken(event: Event) -> Iterator[EmailMultiAlternatives]:
    """To the eigenaren, when someone left by changing Organisatie: they may bring them back as gast."""
    if event.feiten.get("reden") != "wisselde_organisatie":
        return
    groep, wie = _groep(event), _gebruiker(event.ding_id)
    if groep is None or wie is None or toegang.rol_in(groep, wie) is not None:
        return
    link = adres(reverse("groepen:leden", args=[groep.slug]))
    eigenaren = groep.lidmaatschappen.lopend().filter(rol=toegang.EIGENAAR, gebruiker__is_active=True)
    for lid in eigenaren.select_related("gebruiker").order_by("pk"):
        naar = lid.gebruiker
        yield brief(
            event, naar.email, str(naar.pk), naar.taal, "lid_vertrokken", groep=groep, wie=wie, link=link
        )


def _groep(event: Event) -> Groep | None:
    return Groep.objects.filter(pk=event.groep_id or 0).first()


def _gebruiker(pk: int | None):
    """Someone who can log in, or was it who went."""
    return (
        get_user_model()
        ._default_manager.select_related("organisatie")
        .filter(pk=pk or 0, is_active=True)
        .first()
    )
