"""Where editors work."""

from wagtail.admin import urls

urlpatterns = urls.urlpatterns
