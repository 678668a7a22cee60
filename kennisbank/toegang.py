"""A Kennisartikel follows the rule of its Groep; this only joins that rule to Wagtail's querysets."""

from wagtail.query import PageQuerySet

from groepen import toegang


class ArtikelQuerySet(toegang.langs("thread__groep"), PageQuerySet):  # type: ignore[misc]
    """A published article reaches its Groep by its Thread, as all that people open, follow and find."""


class GroepKennisbankQuerySet(toegang.langs("groep"), PageQuerySet):  # type: ignore[misc]
    def van_redacteur(self, gebruiker):
        """Where ``gebruiker`` may write articles: the Groepen that they beheren and that are not closed."""
        beheert = [
            lid.groep_id
            for lid in toegang.onthoud_lidmaatschappen(gebruiker)
            if lid.rol in toegang.BEHEERT and not lid.groep.is_gesloten
        ]
        return self.filter(groep__in=beheert)
