from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "intranet.events"
    label = "events"
