"""Where editors work: Wagtail's admin, each view behind the door."""

from django.conf import settings
from wagtail.admin import urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from kennisbank.deur import door_de_deur

urlpatterns = decorate_urlpatterns(list(urls.urlpatterns), door_de_deur)
# The last one, for addresses that do not exist, would send strangers to Wagtail's own login, which is shut.
urlpatterns[-1].callback.login_url = settings.LOGIN_URL
