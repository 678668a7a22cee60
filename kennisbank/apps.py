from django.apps import AppConfig


class KennisbankConfig(AppConfig):
    name = "kennisbank"

    def ready(self):
        from kennisbank import publiceren

        publiceren.verbind()
