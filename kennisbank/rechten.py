"""What an editor may do with each kind of page: less than Wagtail would allow.

Wagtail's rights count for a page and all below it; here only articles are written. What we do not offer is
refused here, so that its button is gone too: copies and aliases (they would share a Thread), privacy, locks.
"""

from wagtail.models import PagePermissionTester


class ArtikelRechten(PagePermissionTester):
    def nee(self, *args, **kwargs) -> bool:
        return False

    can_copy = can_set_view_restrictions = can_lock = can_unlock = can_submit_for_moderation = nee


class TakRechten(ArtikelRechten):
    """Of the pages that articles hang under: code makes and names them."""

    can_edit = can_delete = can_publish = can_unpublish = can_unschedule = ArtikelRechten.nee
    can_move = can_reorder_children = ArtikelRechten.nee
