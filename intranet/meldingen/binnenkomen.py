"""Letters about getting into a Groep.

Between the Event and the letter time goes by: each asks again whether it is still true, and still theirs
to know.
"""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from groepen import toegang
from groepen.models import Groep, Toetredingsverzoek, Uitnodiging
from intranet.events.models import Event

from .post import adres, brief


def uitnodiging(event: Event) -> Iterator[EmailMultiAlternatives]:
    """To the address that was invited; the only place where the secret goes."""
    ding = (
        Uitnodiging.objects.select_related("groep", "door__organisatie").filter(pk=event.ding_id or 0).first()
    )
    if ding is None or not ding.is_geldig:
        return
    ontvanger = get_user_model()._default_manager.filter(email=ding.email).first()
    if ontvanger is not None and not ontvanger.is_active:
        return
    taal = ontvanger.taal if ontvanger else settings.LANGUAGE_CODE
    link = adres(reverse("groepen:uitnodiging", args=[ding.sleutel]))
    yield brief(event, ding.email, "uitnodiging", taal, "uitnodiging", uitnodiging=ding, link=link)


def toegang_gevraagd(event: Event) -> Iterator[EmailMultiAlternatives]:
    """To everyone who may let the asker in."""
    verzoek = _verzoek(event)
    if verzoek is None or verzoek.besloten_op is not None or not verzoek.gebruiker.is_active:
        return
    link = adres(reverse("groepen:leden", args=[verzoek.groep.slug]))
    beheer = verzoek.groep.lidmaatschappen.lopend().beherend().filter(gebruiker__is_active=True)
    for lid in beheer.select_related("gebruiker").order_by("pk"):
        naar = lid.gebruiker
        yield brief(
            event,
            naar.email,
            str(naar.pk),
            naar.taal,
            "toegang_gevraagd",
            verzoek=verzoek,
            link=link,
        )


def toegang_verleend(event: Event) -> Iterator[EmailMultiAlternatives]:
    verzoek = _verzoek(event)
    if verzoek is not None and toegang.mag_zien(verzoek.gebruiker, verzoek.groep):
        yield _aan_vrager(event, verzoek, "toegang_verleend")


def toegang_geweigerd(event: Event) -> Iterator[EmailMultiAlternatives]:
    verzoek = _verzoek(event)
    # Who may not even find the Groep any more gets no letter with its name.
    if (
        verzoek is not None
        and Groep.objects.vindbaar_voor(verzoek.gebruiker).filter(pk=verzoek.groep_id).exists()
    ):
        yield _aan_vrager(event, verzoek, "toegang_geweigerd")


def _verzoek(event: Event) -> Toetredingsverzoek | None:
    return (
        Toetredingsverzoek.objects.select_related(
            "groep", "gebruiker__organisatie", "gebruiker__profiel__afdeling"
        )
        .filter(pk=event.ding_id or 0)
        .first()
    )


def _aan_vrager(event: Event, verzoek: Toetredingsverzoek, sjabloon: str) -> EmailMultiAlternatives:
    naar = verzoek.gebruiker
    link = adres(reverse("groepen:groep", args=[verzoek.groep.slug]))
    return brief(event, naar.email, str(naar.pk), naar.taal, sjabloon, verzoek=verzoek, link=link)
