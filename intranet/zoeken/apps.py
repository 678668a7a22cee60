from django.apps import AppConfig


class ZoekenConfig(AppConfig):
    name = "intranet.zoeken"
    label = "zoeken"
