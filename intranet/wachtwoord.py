"""What a password must be, said in our own words: Django's Dutch has no translation for the length."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class MinstensLang(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord is te kort. Gebruik minstens %(aantal)d tekens.") % {
            "aantal": self.min_length
        }


class LijktNiet(password_validation.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord lijkt te veel op je naam of je e-mailadres.")
