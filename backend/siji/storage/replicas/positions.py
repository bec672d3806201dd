"""Positions in the write-ahead log: which one a reader needs. Kept in Redis for the person and in a cookie for the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DEFAULT_DB_ALIAS, connections

from siji.storage.cache.link import Unavailable
from siji.storage.cache.manager import cache_manager

if TYPE_CHECKING:
    from redis import Redis

KEEP_SECONDS = 86400
"""A replica that lags by a day must not be used; monitoring says so long before."""
EPOCH = "siji:at:epoch"


# Two writes of one person may be noted in either order: the higher one stays.
KEEP_HIGHER = """
local known = redis.call('GET', KEYS[1])
if not known or tonumber(ARGV[1]) > tonumber(known) then redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2]) end
"""


def written_so_far() -> int:
    """The primary's position now, which covers every commit before this call."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")
        (position,) = cursor.fetchone()
    return int(position)


def note(person: int) -> int:
    """This person has written, and it is committed. Without Redis only the returned position, as a cookie, remembers it."""
    position = written_so_far()
    try:
        cache_manager.link.run(lambda redis: redis.eval(KEEP_HIGHER, 1, _key(person), position, KEEP_SECONDS))
    except Unavailable:
        cache_manager.link.breaker.failed()
    return position


def needed_by(person: int | None) -> int | None:
    """What a replica must have replayed for this person; None when nobody knows, so only the primary will do.

    An emptied Redis has forgotten everybody: whoever finds it so notes the present position as the least for all.
    """
    keys = [EPOCH] if person is None else [EPOCH, _key(person)]
    try:
        epoch, *own = cache_manager.link.run(lambda redis: redis.mget(keys))
        if epoch is None:
            epoch = cache_manager.link.run(_begin_epoch)
    except Unavailable:
        return None
    return max(int(position) for position in (epoch, *own) if position is not None)


def _begin_epoch(redis: Redis) -> bytes | str | None:
    redis.set(EPOCH, written_so_far(), nx=True)
    return redis.get(EPOCH)


def _key(person: int) -> str:
    return f"siji:at:{person}"
