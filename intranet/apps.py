from django.apps import AppConfig, apps


class IntranetConfig(AppConfig):
    name = "intranet"

    def ready(self):
        if not apps.is_installed("allauth.usersessions"):
            return  # the worker drills run with Events alone
        from django.views import debug

        from intranet import accounts, views
        from profielen import haken

        # Whoever tries the house with ``make start`` (DEBUG) meets the page that people get, not a list of
        # all our addresses in English. Django asks its own module for that list, not ``handler404``.
        debug.technical_404_response = views.niet_gevonden  # type: ignore[assignment]

        # Whoever is blocked or has left is logged out everywhere, in the same transaction.
        haken.bij_vertrek.append(lambda gebruiker, door: accounts.beeindig_sessies(gebruiker))
