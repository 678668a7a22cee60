from django.apps import AppConfig


class ConceptenConfig(AppConfig):
    name = "intranet.concepten"
    label = "concepten"
