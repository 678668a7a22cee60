from django.urls import path, register_converter

from . import views


class PlekConverter:
    """Words and numbers with colons between them: "groep:12:vraag"."""

    regex = r"[a-z]+(?::[a-z0-9_-]+){1,5}"

    def to_python(self, value: str) -> str:
        if len(value) > 120:
            raise ValueError
        return value

    to_url = str


register_converter(PlekConverter, "plek")

app_name = "concepten"
urlpatterns = [
    path("csrf/", views.csrf, name="csrf"),
    path("terug/", views.terug, name="terug"),
    path("<plek:plek>/", views.concept, name="concept"),
    path("<plek:plek>/weg/", views.weg, name="weg"),
]
