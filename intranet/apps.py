from django.apps import AppConfig


class IntranetConfig(AppConfig):
    name = "intranet"

    def ready(self):
        from intranet import accounts
        from profielen import haken

        # Whoever is blocked or has left is logged out everywhere, in the same transaction.
        haken.bij_vertrek.append(lambda gebruiker, door: accounts.beeindig_sessies(gebruiker))
