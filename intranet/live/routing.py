"""The addresses of sockets."""

from django.urls import path, re_path

from .consumers import LiveConsumer, NowhereConsumer

websocket_urlpatterns = [
    path("ws/", LiveConsumer.as_asgi()),
    re_path(r"", NowhereConsumer.as_asgi()),
]
