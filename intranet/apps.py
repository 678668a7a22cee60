from django.apps import AppConfig, apps


class IntranetConfig(AppConfig):
    name = "intranet"

    def ready(self):
        if not apps.is_installed("allauth.usersessions"):
            return  # the worker drills run with Events alone
        from intranet import accounts
        from profielen import haken

        # Whoever is blocked or has left is logged out everywhere, in the same transaction.
        haken.bij_vertrek.append(lambda gebruiker, door: accounts.beeindig_sessies(gebruiker))
