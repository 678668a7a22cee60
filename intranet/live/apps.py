from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "intranet.live"
    label = "live"

    def ready(self):
        from intranet.live import sessies  # noqa: F401  hears of every session that ends
