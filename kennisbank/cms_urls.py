"""Where editors work: Wagtail's admin, each view behind the door."""

from wagtail.admin import urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from kennisbank.deur import door_de_deur

urlpatterns = decorate_urlpatterns(list(urls.urlpatterns), door_de_deur)
