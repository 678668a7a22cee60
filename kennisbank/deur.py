"""The door of ``/cms/``: who comes in, with which rights, and to which pages. Asked again at every request.

Wagtail knows rights by Django group: one group per Groep, with rights on its page and its Collection. Who is in
those groups follows from the rule; instead of keeping that equal afterwards, the door makes it equal for the
person who knocks. Someone who lost the rol a second ago finds a closed door.
"""

from functools import wraps

from django.contrib.auth.models import Group, Permission
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404
from django.shortcuts import resolve_url
from django.conf import settings
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from kennisbank.models import GroepKennisbank

VOORVOEGSEL = "redactie "
PAGINA_RECHTEN = ("add_page", "change_page", "publish_page")
BEELD_RECHTEN = ("add_beeld", "change_beeld", "choose_beeld", "delete_beeld")
# Parts of Wagtail that editors have no business in. Accounts belong to /account/, settings to /beheer/.
DICHT = (
    "account", "users", "groups", "sites", "collections", "redirects", "workflows", "reports", "locales", "settings",
    "login", "logout", "password_reset", "bulk",
)  # fmt: skip


def groep_van(kennisbank: GroepKennisbank) -> Group:
    """The Django group that carries the rights on one kennisbank, made on first use."""
    groep, nieuw = Group.objects.get_or_create(name=f"{VOORVOEGSEL}{kennisbank.groep_id}")
    if nieuw:
        groep.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
        for recht in Permission.objects.filter(
            codename__in=PAGINA_RECHTEN, content_type__app_label="wagtailcore", content_type__model="page"
        ):
            GroupPagePermission.objects.create(group=groep, page=kennisbank.page_ptr, permission=recht)
        for recht in Permission.objects.filter(codename__in=BEELD_RECHTEN, content_type__app_label="kennisbank"):
            GroupCollectionPermission.objects.create(group=groep, collection=kennisbank.collectie, permission=recht)
    return groep


def maak_rechten_gelijk(gebruiker) -> list[GroepKennisbank]:
    """Put ``gebruiker`` in exactly the groups of the kennisbanken they may write in; gives those."""
    kennisbanken = list(GroepKennisbank.objects.van_redacteur(gebruiker).select_related("collectie"))
    nodig = {f"{VOORVOEGSEL}{kennisbank.groep_id}": kennisbank for kennisbank in kennisbanken}
    heeft = set(gebruiker.groups.filter(name__startswith=VOORVOEGSEL).values_list("name", flat=True))
    if heeft - nodig.keys():
        gebruiker.groups.remove(*Group.objects.filter(name__in=heeft - nodig.keys()))
    if nodig.keys() - heeft:
        gebruiker.groups.add(*(groep_van(nodig[naam]) for naam in nodig.keys() - heeft))
    return kennisbanken


def door_de_deur(view):
    """Wrap one view of Wagtail's admin: only editors, only their own pages, each change one transaction."""

    @wraps(view)
    def met_deur(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        if _is_dicht(request.path):
            raise Http404
        kennisbanken = maak_rechten_gelijk(request.user)
        if not kennisbanken:
            raise Http404
        # No rule is passed for being administrator. This instance lives for this request and is never saved.
        request.user.is_superuser = False
        _eis_eigen_paginas(kwargs, kennisbanken)
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return met_deur


def _is_dicht(pad: str) -> bool:
    delen = pad.strip("/").split("/")
    return len(delen) > 1 and delen[1] in DICHT


def _eis_eigen_paginas(kwargs, kennisbanken) -> None:
    """Every page that the address names lies in one of these kennisbanken, or above them; otherwise 404."""
    nummers = {
        int(waarde) for naam, waarde in kwargs.items()
        if naam.endswith(("page_id", "page_to_move_id", "destination_id", "parent_id", "page_to_copy_id"))
        and str(waarde).isdigit()
    }  # fmt: skip
    if not nummers:
        return
    gevonden = {pagina.pk: pagina.path for pagina in Page.objects.filter(pk__in=nummers).only("path")}
    for nummer in nummers:
        pad = gevonden.get(nummer)
        if pad is None or not any(
            pad.startswith(kennisbank.path) or kennisbank.path.startswith(pad) for kennisbank in kennisbanken
        ):
            raise Http404
