"""What an article is built from."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from intranet import text

OPMAAK = ["h2", "h3", "h4", "bold", "italic", "ol", "ul", "link", "blockquote", "code", "hr"]


class TekstBlock(blocks.RichTextBlock):
    class Meta:
        label = _("Tekst")
        icon = "pilcrow"
        template = "kennisbank/blokken/tekst.html"


class EigenBeeldChooser(ImageChooserBlock):
    """Its form field is made at each use; Wagtail keeps one for ever, with the border of who came first."""

    @property
    def field(self):
        return forms.ModelChoiceField(
            queryset=self.model_class.objects.all(),
            widget=self.widget,
            required=self._required,
            validators=self._validators,
            help_text=self._help_text,
        )


class EigenBeeld(ImageBlock):
    """An image with its alt text, of the editor's own kennisbanken (``kennisbank.grens``)."""

    def __init__(self, required=True, **kwargs):
        super().__init__(required=required, **kwargs)
        self.child_blocks["image"] = EigenBeeldChooser(required=required, label=_("Bestand"))
        self.child_blocks["image"].set_name("image")


class BeeldBlock(blocks.StructBlock):
    beeld = EigenBeeld(label=_("Beeld"))
    bijschrift = blocks.CharBlock(label=_("Bijschrift"), max_length=250, required=False)

    class Meta:
        label = _("Beeld")
        icon = "image"
        template = "kennisbank/blokken/beeld.html"


class TabelBlock(TypedTableBlock):
    class Meta:
        label = _("Tabel")
        icon = "table"
        template = "kennisbank/blokken/tabel.html"


class CodeBlock(blocks.TextBlock):
    class Meta:
        label = _("Code")
        icon = "code"
        template = "kennisbank/blokken/code.html"


class Inhoud(blocks.StreamBlock):
    tekst = TekstBlock(features=OPMAAK)
    beeld = BeeldBlock()
    tabel = TabelBlock(
        [("tekst", blocks.CharBlock(label=_("Tekst"))), ("getal", blocks.DecimalBlock(label=_("Getal")))]
    )
    code = CodeBlock()


# --- Words --------------------------------------------------------------------------------------


def woorden(inhoud) -> str:
    """What a reader reads in these blocks, as plain text.

    From the stored blocks as they are: turned into values, each image would be looked up in the database.
    """
    return woorden_van(inhoud.raw_data)


def woorden_van(blokken) -> str:
    """The same of blocks as the database keeps them: ``[{"type": …, "value": …}, …]``."""
    return "\n".join(deel for blok in blokken for deel in _delen(blok["type"], blok["value"]) if deel)


def _delen(soort: str, waarde) -> list[str]:
    match soort:
        case "tekst":
            return [text.plain(waarde)]
        case "beeld":
            return [(waarde.get("beeld") or {}).get("alt_text") or "", waarde.get("bijschrift") or ""]
        case "tabel":
            koppen = [kolom.get("heading") or "" for kolom in waarde.get("columns", ())]
            rijen = [
                " ".join(str(cel) for cel in rij["values"] if cel is not None)
                for rij in waarde.get("rows", ())
            ]
            return [waarde.get("caption") or "", " ".join(koppen), *rijen]
        case "code":
            return [waarde]
    raise ValueError(f"Which words does a block {soort!r} hold?")
