"""Answers, and that they were handed in, on two machines before that is acknowledged, where it is wanted (``SYNC_ANSWERS=1``).

Everything else is committed on the primary alone (``synchronous_commit=local``), so a page never waits for a standby. A wait that
is cancelled looks like success to the client: PostgreSQL commits locally and only warns. Here the warning is an error, so the
answer is not acknowledged and the browser, which still has it, sends it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction

from siji.problems import RETRY_SECONDS, Refusal, Words

if TYPE_CHECKING:
    from psycopg.errors import Diagnostic

ANSWER = Words(
    zh="答案还没有存到备用服务器，会自动再保存一次。",
    en="The answer has not reached the standby server yet: it is saved again by itself.",
)
SIGN = "SyncRepWaitForLSN"
"""The function that warns, whatever the language of the server's messages."""


@contextmanager
def kept_twice(unsure: Words = ANSWER) -> Iterator[None]:
    """A transaction whose end waits for the standby. Raises Refusal 503 when that wait was cut short: kept here, maybe not there.

    ``unsure``: what the person is told then. Sending the same again waits again, since the lock on the attempt is written to
    the log too.
    """
    if not settings.SYNC_ANSWERS:
        with transaction.atomic():
            yield
        return
    connection.ensure_connection()
    raw, warned = connection.connection, list[str]()

    def hear(told: Diagnostic) -> None:
        if told.source_function == SIGN:
            warned.append(told.message_primary or SIGN)

    raw.add_notice_handler(hear)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = on")
            yield
    finally:
        raw.remove_notice_handler(hear)
    if warned:
        raise Refusal("not_kept_twice", zh=unsure.zh, en=unsure.en, status=503, retry_after=RETRY_SECONDS)
