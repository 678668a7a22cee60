from django.apps import AppConfig


class MeldingenConfig(AppConfig):
    name = "intranet.meldingen"
    label = "meldingen"
