"""Django's sessions in the database, read by a query that is written once: every page reads one."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from intranet.prepared import Prepared

_sessie = Prepared(
    lambda sleutel, nu: DatabaseStore.get_model_class().objects.filter(
        session_key=sleutel, expire_date__gt=nu
    )
)


class SessionStore(DatabaseStore):
    """Of the name that ``SESSION_ENGINE`` asks for; everything but the reading is Django's."""

    def _get_session_from_db(self):
        gevonden = _sessie(sleutel=self.session_key, nu=timezone.now())
        if not gevonden:
            self._session_key = None
            return None
        return gevonden[0]
