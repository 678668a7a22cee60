"""Who may do what with one Vraag: the page shows only that, the views refuse the rest.

Seeing is not asked here: what reaches this file came through ``zichtbaar_voor``.
"""

from functools import cached_property

from groepen import toegang
from groepen.models import Antwoord, Reactie, Vraag


class Rechten:
    """What ``gebruiker`` may do with ``vraag`` as it stands now. Each answer is worked out once, when asked.

    Call ``toegang.onthoud_lidmaatschappen(gebruiker)`` before, and none of this costs a query for a lid.
    """

    def __init__(self, vraag: Vraag, gebruiker):
        self.vraag = vraag
        self.gebruiker = gebruiker
        self.groep = vraag.thread.groep
        self.is_steller = vraag.thread.steller_id == gebruiker.pk
        self.is_behandelaar = vraag.behandelaar_id == gebruiker.pk
        # In a Groep that is closed and under a question that is gone nothing changes any more.
        self.kan = self.groep.gesloten_op is None and not vraag.thread.is_verwijderd

    @cached_property
    def bijdragen(self) -> bool:
        return toegang.mag_bijdragen(self.gebruiker, self.groep)

    @cached_property
    def beheren(self) -> bool:
        return toegang.mag_beheren(self.gebruiker, self.groep)

    @cached_property
    def is_lid(self) -> bool:
        return toegang.rol_in(self.groep, self.gebruiker) is not None

    # --- The question -------------------------------------------------------------------------

    @cached_property
    def antwoorden(self) -> bool:
        """Answer and react."""
        return self.kan and self.bijdragen

    @cached_property
    def bewerken(self) -> bool:
        """Edit, delete and put back the question itself."""
        return toegang.mag_bewerken(self.gebruiker, self.groep, self.vraag.thread.steller_id)

    @cached_property
    def verplaatsen(self) -> bool:
        return self.beheren and not self.vraag.thread.is_verwijderd

    @cached_property
    def leiden(self) -> bool:
        """Whoever has it in hand: the Behandelaar and the beheerders."""
        return self.kan and (self.beheren or (self.is_behandelaar and self.bijdragen))

    @cached_property
    def afronden(self) -> bool:
        """Choose the Oplossing, close and reopen: the asker and the beheerders."""
        return self.kan and (self.beheren or (self.is_steller and self.bijdragen))

    @property
    def oppakken(self) -> bool:
        return (
            self.antwoorden
            and not self.vraag.is_af
            and self.vraag.behandelaar_id is None
            and not self.is_steller
        )

    @property
    def loslaten(self) -> bool:
        return self.leiden and self.vraag.behandelaar_id is not None and not self.vraag.is_af

    @property
    def teken_geven(self) -> bool:
        """Tell the asker that it is being worked on: who has it in hand, and is not the asker."""
        return self.overdragen and not self.is_steller

    @property
    def overdragen(self) -> bool:
        return self.leiden and not self.vraag.is_af

    @property
    def informatie_vragen(self) -> bool:
        return self.overdragen and self.vraag.status != Vraag.Status.MEER_INFORMATIE

    @property
    def contact_wijzigen(self) -> bool:
        is_contact = self.vraag.contactpersoon_id == self.gebruiker.pk
        return self.kan and (self.beheren or (self.bijdragen and (self.is_steller or is_contact)))

    @property
    def namens_zien(self) -> bool:
        """The form promises: only the asker and the eigenaar see on whose behalf."""
        return self.is_steller or toegang.is_eigenaar(self.gebruiker, self.groep)

    @property
    def stemmen(self) -> bool:
        """ "Ook mijn vraag", for everyone who reads."""
        return self.kan and not self.is_steller

    def bedanken(self, schrijver_id: int) -> bool:
        """For everyone who reads, waarnemers too; never for oneself."""
        return self.kan and schrijver_id != self.gebruiker.pk

    # --- What stands under it -------------------------------------------------------------------

    @cached_property
    def controleren(self) -> bool:
        return self.kan and self.beheren

    def bewerk(self, ding: Antwoord | Reactie) -> bool:
        """Edit, delete and put back an Antwoord or a Reactie."""
        return self._bewerk_eigen if ding.schrijver_id == self.gebruiker.pk else self._bewerk_andermans

    @cached_property
    def _bewerk_eigen(self) -> bool:
        return toegang.mag_bewerken(self.gebruiker, self.groep, self.gebruiker.pk)

    @cached_property
    def _bewerk_andermans(self) -> bool:
        return toegang.mag_bewerken(self.gebruiker, self.groep, 0)
