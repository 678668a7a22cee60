"""Articles and their index."""

from django.urls import path  # noqa: F401

app_name = "kennisbank"
urlpatterns: list = []
