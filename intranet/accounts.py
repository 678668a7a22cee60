"""The only file that knows allauth: an account needs a Uitnodiging or a known Organisatie.

Who may make an account:

- whoever holds a running Uitnodiging, for its address (they came through the mail, so the address is theirs);
- whoever has an address in a domain of a deelnemer, once they proved the address by mail.
"""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen.models import Uitnodiging
from intranet.demo import is_demo
from intranet.events.models import Event
from intranet.meldingen.bel import aantal_nieuw
from intranet.prepared import Prepared
from intranet.tijd import datum
from profielen.models import Organisatie, Profiel

SESSIE_SLEUTEL = "uitnodiging"

__all__ = [
    "AanmeldForm",
    "AccountAdapter",
    "InlogBackend",
    "SleutelAdapter",
    "SleutelForm",
    "beeindig_sessies",
    "bevestig_adressen",
    "secure_admin_login",
]


_gebruiker = Prepared(
    lambda pk, nu: (
        get_user_model()
        ._default_manager.select_related("organisatie", "profiel")
        .filter(pk=pk)
        .annotate(bel=aantal_nieuw(pk, nu))
    )
)


class InlogBackend(AuthenticationBackend):
    """Logs in by e-mail; loads the Organisatie with the Gebruiker, because every rule asks for it, and the
    number on the bell, because every page shows it."""

    def get_user(self, user_id):
        gevonden = _gebruiker(pk=user_id, nu=timezone.now())
        return gevonden[0] if gevonden and self.user_can_authenticate(gevonden[0]) else None

    def user_can_authenticate(self, user):
        """Blocked and ended accounts never; demo accounts (known password) only where the demo is allowed."""
        if is_demo(user) and not settings.DEMO_TOEGESTAAN:
            return False
        return super().user_can_authenticate(user)


class AccountAdapter(DefaultAccountAdapter):
    """Decides who may make an account, and gives a new one its Organisatie and Profiel."""

    # In our own words; the rest of allauth's are fine.
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Dit e-mailadres en dit wachtwoord horen niet bij elkaar."),
        "enter_current_password": _("Vul je wachtwoord van nu in."),
        "incorrect_code": _("Deze code klopt niet."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "too_many_login_attempts": _("Het lukte te vaak niet. Probeer het over een paar minuten nog eens."),
    }

    def clean_email(self, email: str) -> str:
        email = super().clean_email(email).lower()
        # A forgotten password asks nothing of the address: a gast has one too, and a refusal would tell
        # who has an account.
        if self.request.resolver_match.url_name == "account_reset_password":
            return email
        if _uitnodiging(self.request, email) is None and _deelnemer_van(email) is None:
            raise ValidationError(
                _(
                    "Dit adres hoort niet bij een organisatie die meedoet. "
                    "Gebruik je werkadres, of vraag een collega om een uitnodiging."
                )
            )
        return email

    def is_email_verified(self, request, email) -> bool:
        return _uitnodiging(request, email) is not None or super().is_email_verified(request, email)

    @transaction.atomic
    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=False)
        user.organisatie = _deelnemer_van(user.email) or _organisatie_van(user.email)
        if commit:
            user.save()
            Profiel.objects.get_or_create(gebruiker=user)
        return user

    def get_signup_redirect_url(self, request) -> str:
        sleutel = request.session.get(SESSIE_SLEUTEL)
        return (
            reverse("groepen:uitnodiging", args=[sleutel])
            if sleutel
            else super().get_signup_redirect_url(request)
        )


class SleutelAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Deze code klopt niet. Wacht op de volgende code van je app en typ die."),
    }

    def generate_authenticator_name(self, user, type) -> str:
        """A name that tells two keys apart for who gives them none."""
        return str(_("Sleutel van %(dag)s")) % {"dag": datum(timezone.localdate(), "kort")}


class SleutelForm(AddWebAuthnForm):
    """A key logs in by itself unless somebody wants it beside their password only: that is what the button on
    the login page promises."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("initial", {}).setdefault("passwordless", True)
        super().__init__(*args, **kwargs)


class AanmeldForm(forms.Form):
    """The fields a new account needs beside address and password."""

    voornaam = forms.CharField(label=_("Voornaam"), max_length=60)
    tussenvoegsel = forms.CharField(label=_("Tussenvoegsel"), max_length=20, required=False)
    achternaam = forms.CharField(label=_("Achternaam"), max_length=80)
    field_order = ("voornaam", "tussenvoegsel", "achternaam", "email", "password1", "password2")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        uitnodiging = _uitnodiging(allauth_context.request)
        if uitnodiging and "email" in self.fields:  # allauth's form, that builds on this one
            self.fields["email"].initial = uitnodiging.email

    def signup(self, request, gebruiker):
        for veld in ("voornaam", "tussenvoegsel", "achternaam"):
            setattr(gebruiker, veld, self.cleaned_data[veld].strip())
        with transaction.atomic():
            gebruiker.save()
            # Only now the account has a name.
            Event.record("gebruiker.gemaakt", actor=gebruiker, ding=gebruiker)


def beeindig_sessies(gebruiker) -> None:
    """Log this person out everywhere, at once."""
    for sessie in UserSession.objects.filter(user=gebruiker):
        sessie.end()


def bevestig_adressen(gebruikers) -> None:
    """Let these new accounts log in without proving their address by mail: demo people, imports."""
    EmailAddress.objects.bulk_create(
        EmailAddress(user=gebruiker, email=gebruiker.email, verified=True, primary=True)
        for gebruiker in gebruikers
    )


def _uitnodiging(request, email: str | None = None) -> Uitnodiging | None:
    """The running Uitnodiging this browser came in with; with ``email`` only when it is for that address."""
    sleutel = request.session.get(SESSIE_SLEUTEL) if request is not None else None
    if not sleutel:
        return None
    gevonden = Uitnodiging.objects.lopend().filter(sleutel=sleutel).first()
    if gevonden is None or (email is not None and gevonden.email != email.lower()):
        return None
    return gevonden


def _organisatie_van(email: str) -> Organisatie | None:
    return Organisatie.objects.met_domein(email.rpartition("@")[2]).first()


def _deelnemer_van(email: str) -> Organisatie | None:
    return Organisatie.objects.deelnemend().met_domein(email.rpartition("@")[2]).first()
