import logging

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, ImageQuerySet, SourceImageIOError

from kennisbank import grens

logger = logging.getLogger(__name__)
# The widest that a text of 40rem shows, on a screen with double pixels.
IN_TEKST = "width-1280"


def zet_klaar(beelden: list["Beeld"]) -> None:
    """Look up how all of these are shown, in one query; Wagtail asks, and writes to a cache, for each."""
    klaar = {
        (maat.image_id, maat.focal_point_key): maat
        for maat in BeeldRendition.objects.filter(image__in=beelden, filter_spec=IN_TEKST)
    }
    for beeld in beelden:
        maat = klaar.get((beeld.pk, Filter(IN_TEKST).get_cache_key(beeld)))
        if maat is not None:
            beeld.weergave = maat


class BeeldManager(models.Manager.from_queryset(ImageQuerySet)):  # type: ignore[misc]
    """All images; in ``/cms/`` those of the editor's own kennisbanken (``kennisbank.grens``)."""

    def get_queryset(self):
        beelden = super().get_queryset()
        binnen = grens.collecties()
        return beelden if binnen is None else beelden.filter(collection__in=binnen)


class Beeld(AbstractImage):
    """An image of the kennisbank; belongs to the Collection of one Groep and follows its rule."""

    # No tags: they are one heap for all Groepen, and completing them would tell what others write about.
    admin_form_fields = (
        "title", "file", "description", "collection",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    objects = BeeldManager()

    class Meta(AbstractImage.Meta):
        verbose_name = _("beeld")
        verbose_name_plural = _("beelden")

    @property
    def default_alt_text(self):
        """What the image shows, when somebody wrote that. Not its title: often the name of a file."""
        return self.description

    @cached_property
    def weergave(self) -> "BeeldRendition | None":
        """As it stands in a text, made on first use; None when the file is lost or no image at all."""
        try:
            return self.get_rendition(IN_TEKST)
        except SourceImageIOError:
            logger.warning("beeld %s is niet te lezen", self.pk)
            return None


class BeeldRendition(AbstractRendition):
    """One size of a Beeld. Its address is a view that asks the rule, not a place where files lie."""

    image = models.ForeignKey(Beeld, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    @property
    def url(self):
        return reverse("kennisbank:beeld", args=[self.pk])
