from django.apps import AppConfig


class MeldingenConfig(AppConfig):
    name = "intranet.meldingen"
    label = "meldingen"

    def ready(self):
        from groepen import haken
        from intranet.meldingen.bel import zie
        from intranet.meldingen.nagaan import nagaan
        from intranet.meldingen.telefoon import apparaten  # noqa: F401  hears that a login is over

        haken.voor_plaatsen.append(nagaan)
        haken.bij_lezen.append(zie)
