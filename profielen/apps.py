from django.apps import AppConfig


class ProfielenConfig(AppConfig):
    name = "profielen"
