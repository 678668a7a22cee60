from django.apps import AppConfig


class GroepenConfig(AppConfig):
    name = "groepen"

    def ready(self):
        from groepen.toegang import kring
        from profielen.toegang import registreer_kring

        registreer_kring(kring)
