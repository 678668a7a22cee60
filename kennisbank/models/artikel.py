from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager

from groepen.models import Groep, Thread, Vraag
from groepen.models.thread import FRAGMENT_MAX
from intranet.events.models import Event
from kennisbank.blocks import Inhoud
from kennisbank.toegang import ArtikelQuerySet


class Kennisartikel(Page):
    """What the organisation knows, in a Groep and seen by whoever may read that Groep.

    A Wagtail page for writing; ``thread`` (from the first publication on) is what lists, following and finding
    work with. The two are kept equal by ``bij_publicatie`` and ``bij_intrekking``.
    """

    samenvatting = models.CharField(
        _("samenvatting"), max_length=300, blank=True, help_text=_("Het antwoord in één of twee zinnen.")
    )
    inhoud = StreamField(Inhoud(), blank=True, verbose_name=_("inhoud"))
    bron = models.ForeignKey(
        Vraag, null=True, blank=True, on_delete=models.SET_NULL, related_name="kennisartikelen", verbose_name=_("bron")
    )
    thread = models.OneToOneField(
        Thread, null=True, blank=True, on_delete=models.SET_NULL, related_name="artikel", editable=False
    )

    objects = PageManager.from_queryset(ArtikelQuerySet)()

    content_panels = [*Page.content_panels, FieldPanel("samenvatting"), FieldPanel("inhoud")]
    promote_panels: list = []
    settings_panels: list = []
    parent_page_types = ["kennisbank.GroepKennisbank"]
    subpage_types: list[str] = []
    show_in_menus_default = False

    class Meta:
        verbose_name = _("kennisartikel")
        verbose_name_plural = _("kennisartikelen")

    # --- Where ----------------------------------------------------------------------------------

    @property
    def groep(self) -> Groep:
        """The Groep of the kennisbank that this article hangs under."""
        from .kennisbank import GroepKennisbank

        return GroepKennisbank.objects.parent_of(self).select_related("groep").get().groep

    def get_absolute_url(self):
        return reverse("kennisbank:artikel", args=[self.pk, self.slug])

    def get_url_parts(self, request=None):
        """For Wagtail and for links inside texts: by number alone, so that no link carries a hidden title."""
        paden = self._get_relevant_site_root_paths(getattr(request, "_wagtail_cached_site_root_paths", None))
        if not paden:
            return None
        return (paden[0].site_id, paden[0].root_url, reverse("kennisbank:artikel_kort", args=[self.pk]))

    # --- Shown ----------------------------------------------------------------------------------

    def serve(self, request, *args, **kwargs):
        """For the preview inside ``/cms/``; the site goes through ``kennisbank.views``, which asks the rule."""
        from kennisbank.views.artikelen import toon

        return toon(request, self, self.groep)

    # --- Kept equal -----------------------------------------------------------------------------

    @transaction.atomic
    def bij_publicatie(self, door) -> None:
        """The Thread says what the published article says; tells that it was published."""
        groep = self.groep
        nu = timezone.now()
        velden = {
            "groep": groep,
            "titel": self.title[:200],
            "fragment": strip_tags(self.samenvatting)[: FRAGMENT_MAX - 10],
            "laatst_actief_op": nu,
            "verwijderd_op": None,
        }
        if self.thread_id is None:
            wie = door or self.owner
            self.thread = Thread.objects.create(soort=Thread.Soort.ARTIKEL, steller=wie, gestart_op=nu, **velden)
            type(self).objects.filter(pk=self.pk).update(thread=self.thread)
        else:
            Thread.objects.filter(pk=self.thread_id).update(**velden)
        Groep.objects.filter(pk=groep.pk).update(laatst_actief_op=nu)
        Event.record("kennisartikel.gepubliceerd", groep=groep, thread=self.thread_id, actor=door, ding=self)

    @transaction.atomic
    def bij_intrekking(self, door, soort: str = "kennisartikel.ingetrokken") -> None:
        """Unpublished or deleted: out of lists and search; nothing when it was never published."""
        if self.thread_id is None:
            return
        Thread.objects.filter(pk=self.thread_id).update(verwijderd_op=timezone.now(), verwijderd_door=door)
        groep_id = Thread.objects.values_list("groep_id", flat=True).get(pk=self.thread_id)
        Event.record(soort, groep=groep_id, thread=self.thread_id, actor=door, ding=("kennisartikel", self.pk))
