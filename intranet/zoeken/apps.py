from django.apps import AppConfig


class ZoekenConfig(AppConfig):
    name = "intranet.zoeken"
    label = "zoeken"

    def ready(self):
        from intranet.zoeken import bronnen

        bronnen.verbind()
