from django.apps import AppConfig


class GroepenConfig(AppConfig):
    name = "groepen"

    def ready(self):
        from groepen.toegang import kring
        from profielen.toegang import registreer_kring

        registreer_kring(kring)

        from groepen import bewijs
        from profielen.toegang import Bewijsbron, registreer_bewijs

        registreer_bewijs(Bewijsbron(bewijs.genoeg, bewijs.tel))

        from groepen import verhuizing
        from profielen import haken

        haken.bij_vertrek.append(verhuizing.bij_vertrek)
        haken.bij_wissel.append(verhuizing.bij_wissel)
