"""Static files, without a price for the pages.

``servestatic``'s own middleware is asynchronous only. Under WSGI Django then sends *every* request through an
event loop and two threads, and a page pays for files that it does not ask for. Here only an address below
``STATIC_URL`` takes that road. (Behind nginx none does: nginx has the files.) Only the first of those looks
at every file there is, which takes 80 ms: no worker behind nginx does, nor each browser of a test.
"""

from functools import cache
from typing import Any

from asgiref.sync import async_to_sync, iscoroutinefunction, sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware
from servestatic.middleware import ServeStaticMiddleware


@sync_and_async_middleware
def statisch(get_response: Any) -> Any:
    """Middleware: serve static files; hand everything else on as it came."""
    if iscoroutinefunction(get_response):
        return ServeStaticMiddleware(get_response)
    prefix = settings.STATIC_URL

    @cache
    def bestanden() -> Any:
        return async_to_sync(ServeStaticMiddleware(sync_to_async(get_response)))

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(prefix):
            return bestanden()(request)
        return get_response(request)

    return middleware
