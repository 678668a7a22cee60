"""A few addresses of our own, to test the frame and the error pages apart from the pages of groepen."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from intranet import views


def binnen(request):
    return render(request, "toegankelijkheid.html")


@login_not_required
def plaats(request):
    return HttpResponse(request.POST.get("titel", ""))


@login_not_required
def stuk(request):
    raise ZeroDivisionError


@login_not_required
def verboden(request):
    raise PermissionDenied("Alleen een beheerder mag dit.")


urlpatterns = [
    path("", binnen),
    path("groepen/<slug:slug>/", binnen),
    path("plaats/", plaats),
    path("stuk/", stuk),
    path("verboden/", verboden),
    path("cms/", plaats),
    path("privacy/", views.privacy),
    path("account/", include("allauth.urls")),
]
handler400 = "intranet.views.onjuist_verzoek"
handler403 = "intranet.views.geen_toegang"
handler404 = "intranet.views.niet_gevonden"
handler500 = "intranet.views.storing"
