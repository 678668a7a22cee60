from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager

from groepen.models import Groep, Thread, Vraag
from groepen.models.thread import FRAGMENT_MAX
from intranet.events.models import Event
from kennisbank.blocks import Inhoud, woorden
from kennisbank.rechten import ArtikelRechten
from kennisbank.toegang import ArtikelQuerySet


class ArtikelForm(WagtailAdminPageForm):
    """What is published says its answer in a sentence or two, for lists and search. A draft may wait."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["samenvatting"].required = True


class Kennisartikel(Page):
    """What the organisation knows, in a Groep and seen by whoever may read that Groep.

    A Wagtail page for writing; ``thread`` (from the first publication on) is what lists, following and
    finding work with. The two are kept equal by ``bij_publicatie`` and ``bij_intrekking``.
    """

    samenvatting = models.CharField(
        _("samenvatting"), max_length=300, blank=True, help_text=_("Het antwoord in één of twee zinnen.")
    )
    inhoud = StreamField(Inhoud(), blank=True, verbose_name=_("inhoud"))
    bron = models.ForeignKey(
        Vraag,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="kennisartikelen",
        verbose_name=_("bron"),
    )
    thread = models.OneToOneField(
        Thread, null=True, blank=True, on_delete=models.SET_NULL, related_name="artikel", editable=False
    )

    objects = PageManager.from_queryset(ArtikelQuerySet)()

    # A plain title: Wagtail's own one fills a field for the address, which here makes itself.
    content_panels = [
        FieldPanel("title", classname="title"),
        FieldPanel("samenvatting"),
        FieldPanel("inhoud"),
    ]
    promote_panels: list = []
    settings_panels: list = []
    base_form_class = ArtikelForm
    parent_page_types = ["kennisbank.GroepKennisbank"]
    subpage_types: list[str] = []
    show_in_menus_default = False
    exclude_fields_in_copy = ["thread"]

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
        paden = self._get_relevant_site_root_paths(request)
        if not paden:
            return None
        return (paden[0].site_id, paden[0].root_url, reverse("kennisbank:artikel_kort", args=[self.pk]))

    # --- Written --------------------------------------------------------------------------------

    def permissions_for_user(self, user):
        return ArtikelRechten(user, self)

    def with_content_json(self, content):
        """A revision holds what was written; the Thread and the source are those of now."""
        toen = super().with_content_json(content)
        toen.thread_id, toen.bron_id = self.thread_id, self.bron_id
        return toen

    # --- Shown ----------------------------------------------------------------------------------

    def make_preview_request(self, original_request=None, preview_mode=None, extra_request_attrs=None):
        """Show the draft in the editor's own request; Wagtail would walk all middleware again."""
        for naam, waarde in (extra_request_attrs or {}).items():
            setattr(original_request, naam, waarde)
        original_request.is_preview = True
        return self.serve(original_request)

    def serve(self, request, *args, **kwargs):
        """The preview in ``/cms/``; the site goes through ``kennisbank.views``, which ask the rule."""
        from kennisbank.views.artikelen import toon

        return toon(request, self, self.groep)

    @property
    def woorden(self) -> str:
        """All that is written in it, as plain text: for the index. Asks no database."""
        return "\n".join(deel for deel in (self.samenvatting, woorden(self.inhoud)) if deel)

    @property
    def beelden(self) -> list:
        """The images in the text, in order; one that was deleted since is not there."""
        gevonden = (blok.value.get("beeld") for blok in self.inhoud if blok.block_type == "beeld")
        return [beeld for beeld in gevonden if beeld is not None]

    # --- Kept equal -----------------------------------------------------------------------------

    @transaction.atomic
    def bij_publicatie(self, door) -> None:
        """The Thread says what the published article says; tells that it was published."""
        # One at a time: two editors who both publish first would otherwise make two Threads.
        self.thread_id = (
            type(self).objects.select_for_update().values_list("thread_id", flat=True).get(pk=self.pk)
        )
        groep = self.groep
        nu = timezone.now()
        velden = {
            "groep": groep,
            "titel": self.title[:200],
            "fragment": strip_tags(self.samenvatting)[: FRAGMENT_MAX - 10],
            "laatst_actief_op": nu,
            "verwijderd_op": None,
            "verwijderd_door": None,
        }
        if self.thread_id is None:
            wie = door or self.owner
            self.thread = Thread.objects.create(
                soort=Thread.Soort.ARTIKEL, steller=wie, gestart_op=nu, **velden
            )
            type(self).objects.filter(pk=self.pk).update(thread=self.thread)
        else:
            Thread.objects.filter(pk=self.thread_id).update(**velden)
        Groep.objects.filter(pk=groep.pk).update(laatst_actief_op=nu)
        Event.record("kennisartikel.gepubliceerd", groep=groep, thread=self.thread_id, actor=door, ding=self)

    @transaction.atomic
    def bij_intrekking(self, door, soort: str = "kennisartikel.ingetrokken") -> None:
        """Unpublished or deleted: out of lists and search; nothing when it was never published."""
        thread = Thread.objects.filter(pk=self.thread_id).first()
        if thread is None:
            return
        if thread.is_verwijderd and soort == "kennisartikel.ingetrokken":
            return  # Wagtail also withdraws what it deletes
        Thread.objects.filter(pk=thread.pk).update(verwijderd_op=timezone.now(), verwijderd_door=door)
        Event.record(soort, groep=thread.groep_id, thread=thread, actor=door, ding=("kennisartikel", self.pk))
