from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Beeld(AbstractImage):
    """An image of the kennisbank; belongs to the Collection of one Groep and follows its rule."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("beeld")
        verbose_name_plural = _("beelden")


class BeeldRendition(AbstractRendition):
    """One size of a Beeld. Its address is a view that asks the rule, not a place where files lie."""

    image = models.ForeignKey(Beeld, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    @property
    def url(self):
        return reverse("kennisbank:beeld", args=[self.pk])
