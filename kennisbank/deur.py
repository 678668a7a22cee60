"""The door of ``/cms/``: who comes in, with which rights, and to which pages. Asked again at every request.

Wagtail knows rights by Django group: one group per Groep, with rights on its page and its Collection. Who is
in those groups follows from the rule; instead of keeping that equal afterwards, the door makes it equal for
the person who knocks. Someone who lost the rol a second ago finds a closed door.
"""

from functools import wraps

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, resolve_url
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from kennisbank import grens
from kennisbank.models import GroepKennisbank

VOORVOEGSEL = "redactie "
MEEST = 2**63 - 1
PAGINA_RECHTEN = ("add_page", "change_page", "publish_page")
# Wagtail asks its own image model for the names of rights, whatever model is in use.
BEELD_RECHTEN = ("add_image", "change_image", "choose_image", "delete_image")

# The views that editors use. All else of Wagtail's admin is shut, also what a next version adds: accounts
# belong to /account/, settings to /beheer/; bulk actions, reports, tags and usage lists tell of others.
OPEN = frozenset(
    """
    wagtailadmin_explore_root wagtailadmin_explore wagtailadmin_explore_results
    wagtailadmin_api:pages:listing wagtailadmin_api:pages:detail
    wagtailadmin_pages:add wagtailadmin_pages:preview_on_add wagtailadmin_pages:add_subpage
    wagtailadmin_pages:edit wagtailadmin_pages:preview_on_edit wagtailadmin_pages:view_draft
    wagtailadmin_pages:delete wagtailadmin_pages:unpublish
    wagtailadmin_pages:search wagtailadmin_pages:search_results
    wagtailadmin_pages:move wagtailadmin_pages:move_confirm
    wagtailadmin_pages:revisions_view wagtailadmin_pages:revisions_revert wagtailadmin_pages:revisions_compare
    wagtailadmin_pages:history wagtailadmin_pages:history_results
    wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search
    wagtailadmin_choose_page_external_link wagtailadmin_choose_page_email_link
    wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_anchor_link
    wagtailadmin_editing_sessions:ping wagtailadmin_editing_sessions:release wagtailadmin_dismissibles
    wagtailimages:index wagtailimages:index_results wagtailimages:add wagtailimages:edit wagtailimages:delete
    wagtailimages:add_multiple wagtailimages:edit_multiple wagtailimages:create_multiple_from_uploaded_image
    wagtailimages:delete_multiple wagtailimages:delete_upload_multiple
    wagtailimages_chooser:choose wagtailimages_chooser:choose_results wagtailimages_chooser:chosen
    wagtailimages_chooser:create
    wagtailadmin_sprite wagtailadmin_javascript_catalog
    """.split()  # noqa: SIM905  a list of names to read
)
# What has its place elsewhere. Wagtail's start page would also tell of pages that one edited and lost since.
ELDERS = {
    "wagtailadmin_home": "wagtailadmin_explore_root",
    "wagtailadmin_account": "profielen:ik",
    "wagtailadmin_logout": "account_logout",
}
# How addresses name a page. The first of ``args`` does too: Wagtail's comparison of revisions has no names.
PAGINA_KWARGS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")


def groep_van(kennisbank: GroepKennisbank) -> Group:
    """The Django group that carries the rights on one kennisbank, made on first use."""
    groep, nieuw = Group.objects.get_or_create(name=f"{VOORVOEGSEL}{kennisbank.groep_id}")
    if nieuw:
        groep.permissions.add(
            Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
        )
        for recht in Permission.objects.filter(
            codename__in=PAGINA_RECHTEN, content_type__app_label="wagtailcore", content_type__model="page"
        ):
            GroupPagePermission.objects.create(group=groep, page=kennisbank.page_ptr, permission=recht)
        for recht in Permission.objects.filter(
            codename__in=BEELD_RECHTEN, content_type__app_label="wagtailimages"
        ):
            GroupCollectionPermission.objects.create(
                group=groep, collection=kennisbank.collectie, permission=recht
            )
    return groep


def maak_rechten_gelijk(gebruiker) -> list[GroepKennisbank]:
    """Put ``gebruiker`` in exactly the groups of the kennisbanken they may write in; gives those.

    Any other group with rights on pages or images goes too, also when someone was put in it by hand.
    """
    kennisbanken = list(GroepKennisbank.objects.van_redacteur(gebruiker).select_related("collectie", "groep"))
    nodig = {f"{VOORVOEGSEL}{kennisbank.groep_id}": kennisbank for kennisbank in kennisbanken}
    draagt_rechten = Q(name__startswith=VOORVOEGSEL) | Q(
        pk__in=GroupPagePermission.objects.values("group")
    ) | Q(pk__in=GroupCollectionPermission.objects.values("group"))  # fmt: skip
    heeft = dict(gebruiker.groups.filter(draagt_rechten).values_list("name", "pk"))
    te_veel, te_weinig = heeft.keys() - nodig.keys(), nodig.keys() - heeft.keys()
    if te_veel or te_weinig:
        with transaction.atomic():
            gebruiker.groups.remove(*(heeft[naam] for naam in te_veel))
            gebruiker.groups.add(*(groep_van(nodig[naam]) for naam in te_weinig))
    for kennisbank in kennisbanken:
        kennisbank.noem_naar_groep()
    return kennisbanken


def door_de_deur(view):
    """Wrap one view of Wagtail's admin: only editors, only their own pages, each change one transaction."""

    @wraps(view)
    def met_deur(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        naam = request.resolver_match.view_name
        if naam not in OPEN and naam not in ELDERS:
            raise Http404
        if any(str(waarde).isdecimal() and int(waarde) > MEEST for waarde in (*args, *kwargs.values())):
            raise Http404  # SQLite cannot even look for it
        kennisbanken = maak_rechten_gelijk(request.user)
        if not kennisbanken:
            raise Http404
        if naam in ELDERS:
            return redirect(ELDERS[naam])
        # No rule is passed for being administrator. This instance lives for this request and is never saved.
        request.user.is_superuser = False
        _eis_eigen_paginas(_genoemde_paginas(request, args, kwargs), kennisbanken)
        with grens.binnen(kennisbank.collectie_id for kennisbank in kennisbanken):
            if request.method in ("GET", "HEAD"):
                return _uitgewerkt(view(request, *args, **kwargs))
            with transaction.atomic():
                return _uitgewerkt(view(request, *args, **kwargs))

    return met_deur


def _uitgewerkt(antwoord):
    """Rendered now: a TemplateResponse would otherwise ask its questions after the border is gone."""
    if hasattr(antwoord, "render") and not antwoord.is_rendered:
        antwoord.render()
    return antwoord


def _genoemde_paginas(request, args, kwargs) -> set[int]:
    waarden = [kwargs[naam] for naam in PAGINA_KWARGS if naam in kwargs]
    waarden += args[:1]
    waarden += request.POST.getlist("new_parent_page")
    naam = request.resolver_match.view_name
    if naam == "wagtailadmin_api:pages:detail":
        waarden.append(kwargs["pk"])
    elif naam == "wagtailadmin_editing_sessions:ping":
        if (kwargs["app_label"], kwargs["model_name"]) not in (
            ("wagtailcore", "page"),
            ("kennisbank", "kennisartikel"),
        ):
            raise Http404
        waarden.append(kwargs["object_id"])
    return {int(waarde) for waarde in waarden if str(waarde).isdecimal()}


def _eis_eigen_paginas(nummers: set[int], kennisbanken) -> None:
    """Every page that the request names lies in one of these kennisbanken, or above them; otherwise 404."""
    if not nummers:
        return
    gevonden = Page.objects.filter(pk__in=nummers).values_list("path", flat=True)
    eigen = [
        pad
        for pad in gevonden
        if any(pad.startswith(tak.path) or tak.path.startswith(pad) for tak in kennisbanken)
    ]
    if len(eigen) != len(nummers):
        raise Http404
