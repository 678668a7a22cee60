"""The table of contents."""

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from intranet import accounts, installeren, views
from intranet.events.gezond import gezond

# /beheer/ logs in by the same pages, second factor included.
admin.site.login = accounts.secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# What packages register there edits whose address, second factor or session something is: with that an
# administrator becomes anybody, and reads what they read. Only what we made for it is left.
for _model in apps.get_models():
    if admin.site.is_registered(_model):
        _van = type(admin.site.get_model_admin(_model)).__module__
        if not _van.startswith(("groepen.", "profielen.", "kennisbank.", "intranet.")):
            admin.site.unregister(_model)

urlpatterns = [
    path("", include("groepen.urls")),
    path("", include("profielen.urls")),
    path("", include("intranet.meldingen.urls")),
    path("kennisbank/", include("kennisbank.urls")),
    path("zoeken/", include("intranet.zoeken.urls")),
    path("concepten/", include("intranet.concepten.urls")),
    path("account/", include("allauth.urls")),
    path("toegankelijkheid/", views.toegankelijkheid, name="toegankelijkheid"),
    path("privacy/", views.privacy, name="privacy"),
    path("manifest.webmanifest", installeren.manifest, name="manifest"),
    path("pictogram/<str:soort>-<int:maat>.png", installeren.pictogram, name="pictogram"),
    path("dienst.js", installeren.dienst, name="dienst"),
    path("offline/", installeren.offline, name="offline"),
    path("gezond/", gezond, name="gezond"),
    # Trees of others, each with its own guard at the door.
    path("cms/", include("kennisbank.cms_urls")),
    path("beheer/", admin.site.urls),
]

handler400 = "intranet.views.onjuist_verzoek"
handler403 = "intranet.views.geen_toegang"
handler404 = "intranet.views.niet_gevonden"
handler500 = "intranet.views.storing"

admin.site.site_header = admin.site.site_title = f"{settings.SITE_NAAM} beheer"
