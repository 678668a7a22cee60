"""The only file that knows allauth: an account needs a Uitnodiging or a known Organisatie."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model


class InlogBackend(AuthenticationBackend):
    """Logs in by e-mail; loads the Organisatie with the Gebruiker, because every rule asks for it."""

    def get_user(self, user_id):
        gebruiker = (
            get_user_model()._default_manager.select_related("organisatie", "profiel").filter(pk=user_id).first()
        )
        return gebruiker if gebruiker is not None and self.user_can_authenticate(gebruiker) else None


class AccountAdapter(DefaultAccountAdapter):
    pass
