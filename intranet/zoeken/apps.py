from django.apps import AppConfig


class ZoekenConfig(AppConfig):
    name = "intranet.zoeken"
    label = "zoeken"

    def ready(self):
        from groepen import haken
        from intranet.zoeken import bronnen, lijkt_op

        bronnen.verbind()
        haken.lijkt_op.append(lijkt_op.bij_tekst)
