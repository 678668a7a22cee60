"""The devices of a person: taking one on, and letting it go with the login it came in."""

import hashlib
import json
import re
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.meldingen.models import Abonnement
from intranet.meldingen.telefoon.sleutel import ontcijfer, openbaar
from intranet.meldingen.telefoon.wacht import Geweigerd, host_van

# Of one person; the one that was quiet longest makes room.
MEEST = 10
LANGSTE_ADRES = 1000
# By what the browser says of itself; the first that is in it.
BROWSERS = {
    "Edg": "Edge",
    "SamsungBrowser": "Samsung Internet",
    "OPR/": "Opera",
    "Firefox": "Firefox",
    "Chrom": "Chrome",
    "Safari": "Safari",
}
TOESTELLEN = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


def van(gebruiker: Any) -> QuerySet:
    """The devices of this person, the newest first."""
    return Abonnement.objects.filter(gebruiker=gebruiker).order_by("-sinds", "-pk")


def vak(gebruiker: Any) -> dict[str, Any]:
    """What the panel beside the settings shows."""
    return {"apparaten": list(van(gebruiker)), "push_sleutel": openbaar()}


def lees(ruw: bytes) -> dict[str, str]:
    """What a browser sends of itself: adres, p256dh and auth. Raises ValidationError."""
    try:
        data = json.loads(ruw)
        velden = {naam: str(data[naam]) for naam in ("adres", "p256dh", "auth")}
        punt = ontcijfer(velden["p256dh"])
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), punt)
        geheim = ontcijfer(velden["auth"])
        host_van(velden["adres"])
    except (ValueError, TypeError, KeyError, RecursionError, Geweigerd) as fout:
        raise ValidationError(_("Dit apparaat kan geen meldingen krijgen.")) from fout
    if len(punt) != 65 or len(geheim) != 16 or len(velden["adres"]) > LANGSTE_ADRES:
        raise ValidationError(_("Dit apparaat kan geen meldingen krijgen."))
    return velden


@transaction.atomic
def meld_aan(gebruiker: Any, sessie: str, velden: dict[str, str], naam: str) -> Abonnement:
    """Take this device on for ``gebruiker`` as long as ``sessie`` lives. It had another person: not any more.

    Twice is as once: then it keeps since when.
    """
    som = hashlib.sha256(velden["adres"].encode()).hexdigest()
    vast = {**velden, "naam": naam, "sessie": sessie, "mislukt": 0}
    Abonnement.objects.filter(adres_som=som).exclude(gebruiker=gebruiker).delete()
    apparaat, _nieuw = Abonnement.objects.update_or_create(
        adres_som=som, defaults={"gebruiker": gebruiker, **vast}
    )
    te_veel = van(gebruiker).exclude(pk=apparaat.pk).values_list("pk", flat=True)[MEEST - 1 :]
    Abonnement.objects.filter(pk__in=list(te_veel)).delete()
    return apparaat


def noem(user_agent: str) -> str:
    """What people call it: "Chrome op Android"."""
    browser = next((naam for teken, naam in BROWSERS.items() if teken in user_agent), "")
    toestel = next((naam for teken, naam in TOESTELLEN.items() if teken in user_agent), "")
    if browser and toestel:
        return _("%(browser)s op %(toestel)s") % {"browser": browser, "toestel": toestel}
    return browser or toestel or re.sub(r"\W.*", "", user_agent)[:40] or _("een apparaat")


@receiver(post_delete, sender=Session, dispatch_uid="intranet.meldingen.telefoon")
def _login_is_over(instance: Session, **_rest: object) -> None:
    """Logged out, thrown out, run out: every way in which a login ends deletes its row."""
    Abonnement.objects.filter(sessie=instance.session_key).delete()


def ruim_op() -> int:
    """At night: logins that ran out go, and their devices with them; how many logins."""
    aantal = 0
    while keys := list(
        Session.objects.filter(expire_date__lt=timezone.now()).values_list("session_key", flat=True)[:1000]
    ):
        Session.objects.filter(pk__in=keys).delete()
        aantal += len(keys)
    return aantal
