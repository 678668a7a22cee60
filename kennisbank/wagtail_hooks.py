"""What editors see of each other in ``/cms/``; the door itself is ``kennisbank.deur``."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.rich_text.pages import PageLinkHandler

from kennisbank.models import GroepKennisbank, Kennisartikel, KennisbankIndex

# Parts of the menu whose pages the door keeps shut.
MENU_DICHT = {"reports", "settings", "help"}


@hooks.register("construct_page_chooser_queryset")
def only_what_one_may_read(pages, request):
    """Choosers (browsing and searching): published articles one may read, and all in one's own kennisbank."""
    mag = Q(pk__in=Kennisartikel.objects.live().zichtbaar_voor(request.user).values("pk"))
    mag |= Q(pk__in=KennisbankIndex.objects.values("pk")) | Q(depth=1)
    for kennisbank in GroepKennisbank.objects.van_redacteur(request.user):
        mag |= Q(path__startswith=kennisbank.path)
    return pages.filter(mag)


@hooks.register("construct_main_menu")
def only_what_opens(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in MENU_DICHT]


@hooks.register("construct_admin_api")
def an_address_that_every_page_prints(router):
    """Wagtail's pages name the address of documents, also without that app. The door keeps it shut."""
    router.register_endpoint("documents", ImagesAdminAPIViewSet)


@hooks.register("register_rich_text_features", order=100)
def links_by_number(features):
    """After Wagtail's own: links to pages carry a number alone, and cost no query."""
    features.register_link_type(ArtikelLink)


class ArtikelLink(PageLinkHandler):
    """A link in a text to another article, by number: the address asks the rule and tells no title."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        return [cls.expand_db_attributes(attrs) for attrs in attrs_list]

    @classmethod
    def expand_db_attributes(cls, attrs):
        if not str(attrs.get("id", "")).isdecimal():
            return "<a>"
        return f'<a href="{reverse("kennisbank:artikel_kort", args=[int(attrs["id"])])}">'


@hooks.register("before_move_page")
def images_stay_in_their_groep(request, page, destination):
    """Images belong to one Groep; readers of another would not see them. The editor places them anew."""
    artikel = page.specific
    if not isinstance(artikel, Kennisartikel) or page.get_parent().pk == destination.pk:
        return None
    if not artikel.beelden and not artikel.get_latest_revision_as_object().beelden:
        return None
    messages.error(
        request,
        _("Dit artikel kan niet naar een andere groep, want er staan beelden in. Haal die er eerst uit."),
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("insert_global_admin_css")
def what_we_do_not_offer():
    return format_html('<link rel="stylesheet" href="{}">', static("kennisbank/cms.css"))


@hooks.register("before_serve_page")
def only_for_lezers(page, request, serve_args, serve_kwargs):
    """Should Wagtail's own serving ever be mounted, it serves nothing: the site has its own views."""
    raise Http404
