"""The cache: Redis when it is there, a table in the database when it is not answering."""

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError


def _met_terugval(naam):
    def methode(self, *args, **kwargs):
        try:
            return getattr(super(RedisMetTerugval, self), naam)(*args, **kwargs)
        except RedisError:
            return getattr(caches["database"], naam)(*args, **kwargs)

    methode.__name__ = naam
    return methode


class RedisMetTerugval(RedisCache):
    """RedisCache that goes on in ``caches["database"]`` while Redis is away.

    Login limits and reset tokens live here: they must neither break a login nor stop counting.
    """

    add = _met_terugval("add")
    get = _met_terugval("get")
    set = _met_terugval("set")
    touch = _met_terugval("touch")
    delete = _met_terugval("delete")
    get_many = _met_terugval("get_many")
    set_many = _met_terugval("set_many")
    delete_many = _met_terugval("delete_many")
    has_key = _met_terugval("has_key")
    incr = _met_terugval("incr")
    clear = _met_terugval("clear")
