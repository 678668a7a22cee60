from urllib.parse import urlencode

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page, PageManager, Site

from groepen.models import Groep
from kennisbank.rechten import TakRechten
from kennisbank.toegang import GroepKennisbankQuerySet


class KennisbankIndex(Page):
    """The root of all; holds no text of its own. People see ``kennisbank.views`` instead."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["kennisbank.GroepKennisbank"]
    max_count = 1

    class Meta:
        verbose_name = _("kennisbank")

    def permissions_for_user(self, user):
        return TakRechten(user, self)

    def get_url_parts(self, request=None):
        """On the site: the list of all articles. By hand, for Wagtail's own serving is not mounted."""
        paden = self._get_relevant_site_root_paths(request)
        return (paden[0].site_id, paden[0].root_url, reverse("kennisbank:index")) if paden else None

    @classmethod
    def de_enige(cls) -> "KennisbankIndex":
        """The one index page, made on first use, as the root of the default site."""
        index = cls.objects.first()
        if index is None:
            with transaction.atomic():
                root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
                index = root.add_child(instance=cls(title="Kennisbank", slug="kennisbank"))
                Site.objects.update_or_create(
                    is_default_site=True, defaults={"hostname": "localhost", "root_page": index}
                )
        return index


class GroepKennisbank(Page):
    """The articles of one Groep: a page to hang them under and a Collection for their images."""

    groep = models.OneToOneField(Groep, on_delete=models.PROTECT, related_name="kennisbank")
    collectie = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="kennisbank")

    objects = PageManager.from_queryset(GroepKennisbankQuerySet)()

    parent_page_types = ["kennisbank.KennisbankIndex"]
    subpage_types = ["kennisbank.Kennisartikel"]
    is_creatable = False  # by ``open_voor`` alone

    class Meta:
        verbose_name = _("kennisbank van een groep")

    @classmethod
    def open_voor(cls, groep: Groep) -> "GroepKennisbank":
        """The kennisbank of ``groep``, made on first use."""
        bestaand = cls.objects.filter(groep=groep).first()
        if bestaand is not None:
            return bestaand
        with transaction.atomic():
            root = Collection.get_first_root_node() or Collection.add_root(name="Root")
            # The number, not the name: a Groep may be renamed, and its name is not for everyone.
            collectie = root.add_child(name=f"Groep {groep.pk}")
            return KennisbankIndex.de_enige().add_child(
                instance=cls(title=groep.naam, slug=f"groep-{groep.pk}", groep=groep, collectie=collectie)
            )

    def permissions_for_user(self, user):
        return TakRechten(user, self)

    def noem_naar_groep(self) -> None:
        """Called as its Groep is; editors see these names in ``/cms/``. Call with ``groep`` at hand."""
        naam = self.groep.naam
        if str(self) != naam:  # a Page reads as its title
            self.title = self.draft_title = naam
            Page.objects.filter(pk=self.pk).update(title=naam, draft_title=naam)

    def get_url_parts(self, request=None):
        """On the site this page is the list of all articles, narrowed to this Groep."""
        paden = self._get_relevant_site_root_paths(request)
        if not paden:
            return None
        pad = f"{reverse('kennisbank:index')}?{urlencode({'groep': self.groep.slug})}"
        return (paden[0].site_id, paden[0].root_url, pad)
