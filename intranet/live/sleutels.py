"""What a socket can follow, and who may follow it: the access rule, asked for many keys at once.

- ``t:12``  a Thread: its page changed
- ``g:3``   a Groep: something new stands in its list
- ``u:5``   a Gebruiker: their bell changed. Everyone follows their own and nobody else's.
- ``s:…``   a session, by its digest. Only ever used to close its sockets.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db import connection

from groepen import toegang
from groepen.models import Groep, Thread
from groepen.voorbereid import Voor

#: All that a page may ask for.
_ASKED = re.compile(r"([tg]):([1-9][0-9]{0,17})")

Pair = tuple[int, str]


def thread(pk: int) -> str:
    return f"t:{pk}"


def groep(pk: int) -> str:
    return toegang.key(pk)


def person(pk: int) -> str:
    return f"u:{pk}"


def session(session_key: str) -> str:
    """The session itself is a secret: what travels and stands in memory as a key is its digest."""
    return "s:" + hashlib.sha256(session_key.encode()).hexdigest()[:32]


def asked(words: object) -> set[str]:
    """Of what a page asks to follow, that which is a key at all."""
    if not isinstance(words, list):
        return set()
    return {word for word in words if isinstance(word, str) and _ASKED.fullmatch(word)}


_groepen = Voor(lambda ik, pks: Groep.objects.zichtbaar_voor(ik).filter(pk__in=pks).order_by().values("pk"))
_threads = Voor(lambda ik, pks: Thread.objects.zichtbaar_voor(ik).filter(pk__in=pks).order_by().values("pk"))


def may_follow(gebruiker_id: int, keys: set[str]) -> set[str]:
    """Of these keys, what this Gebruiker may read now. One statement for the person, one for all keys."""
    wie = get_user_model()._default_manager.select_related("organisatie")
    gebruiker = wie.filter(pk=gebruiker_id, is_active=True).first()
    if gebruiker is None or not keys:
        return set()
    groepen, groepen_params = _groepen.sql(gebruiker, pks=_numbers(keys, "g"))
    threads, threads_params = _threads.sql(gebruiker, pks=_numbers(keys, "t"))
    # Django wrote both halves; their values stay bound.
    sql = f"select 'g:', g.* from ({groepen}) g union all select 't:', t.* from ({threads}) t"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*groepen_params, *threads_params])
        return {f"{soort}{pk}" for soort, pk in cursor.fetchall()}


def still_allowed(pairs: Iterable[Pair]) -> set[Pair]:
    """Of these (Gebruiker, key) the ones that still hold: one statement for each Groep that is in it.

    The rule from its other side (``toegang.lezers``), because there may be thousands of people for one Groep.
    """
    people = defaultdict(set)
    for wie, key in pairs:
        people[key].add(wie)
    in_groep = dict(Thread.objects.filter(pk__in=_numbers(people, "t")).values_list("pk", "groep_id"))
    per_groep = defaultdict(list)
    for key in people:
        pk = int(key[2:])
        per_groep[pk if key[0] == "g" else in_groep.get(pk)].append(key)
    holds = set()
    for een in Groep.objects.filter(pk__in=[pk for pk in per_groep if pk is not None]):
        keys = per_groep[een.pk]
        asking = set().union(*(people[key] for key in keys))
        reading = set(toegang.lezers(een).filter(pk__in=asking).values_list("pk", flat=True))
        holds |= {(wie, key) for key in keys for wie in people[key] & reading}
    return holds


def threads_in(groep_id: int, keys: Iterable[str]) -> set[str]:
    """Of these keys, the Threads that live in this Groep."""
    found = Thread.objects.filter(groep=groep_id, pk__in=_numbers(keys, "t"))
    return {thread(pk) for pk in found.values_list("pk", flat=True)}


def _numbers(keys: Iterable[str], soort: str) -> list[int]:
    return [int(key[2:]) for key in keys if key[0] == soort]
