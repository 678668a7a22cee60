"""What editors see of each other in ``/cms/``; the door itself is ``kennisbank.deur``."""

from django.db.models import Q
from django.http import Http404
from wagtail import hooks

from kennisbank.models import GroepKennisbank, Kennisartikel

# Parts of the menu whose pages the door keeps shut.
MENU_DICHT = {"reports", "settings", "help"}


@hooks.register("construct_page_chooser_queryset")
def only_what_one_may_read(pages, request):
    """Choosers (browsing and searching): published articles one may read, and all in one's own kennisbank."""
    mag = Q(pk__in=Kennisartikel.objects.live().zichtbaar_voor(request.user).values("pk"))
    for kennisbank in GroepKennisbank.objects.van_redacteur(request.user):
        mag |= Q(path__startswith=kennisbank.path) | Q(pk__in=kennisbank.get_ancestors().values("pk"))
    return pages.filter(mag)


@hooks.register("construct_main_menu")
def only_what_opens(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in MENU_DICHT]


@hooks.register("before_serve_page")
def only_for_lezers(page, request, serve_args, serve_kwargs):
    """Should Wagtail's own serving ever be mounted, it serves nothing: the site has its own views."""
    raise Http404
