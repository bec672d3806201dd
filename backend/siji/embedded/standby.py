"""``siji up --replicas N --sync``: answers wait for a standby, and a standby that freezes is dropped before an exam notices.

No time-out of PostgreSQL ends a wait for a standby that has stopped answering. So the standby reports every second, and this
looks twice a second: one whose report is older than SILENCE is no longer waited for, which is said; once it streams again it is
waited for again. While none is waited for an answer stands on the primary alone, as without ``--sync``.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import psycopg
from psycopg import sql

from siji.embedded.postgres import Postgres
from siji.embedded.words import first_line, say

SILENCE = 3.0
EVERY = 0.5
STANDING = """
SELECT application_name FROM pg_stat_replication
WHERE application_name = ANY(%s) AND state = 'streaming' AND reply_time > clock_timestamp() - make_interval(secs => %s)
ORDER BY 1
"""


class Watchdog:
    def __init__(self, primary: Postgres, slots: Sequence[str]) -> None:
        self.primary, self.slots = primary, list(slots)
        self.waited_for: list[str] | None = None
        self.told = ""

    def start(self) -> None:
        threading.Thread(target=self._watch, name="standby-watchdog", daemon=True).start()

    def _watch(self) -> None:
        pause = threading.Event()
        while True:
            try:
                with self.primary.connect() as connection:
                    while True:
                        self._look(connection)
                        pause.wait(EVERY)
            except psycopg.Error as error:
                if (why := first_line(error)) != self.told:
                    self.told = why
                    say("standby", f"cannot be watched, trying again: {why}")
                pause.wait(EVERY)

    def _look(self, connection: psycopg.Connection) -> None:
        standing = [name for (name,) in connection.execute(STANDING, [self.slots, SILENCE]).fetchall()]
        if standing == self.waited_for:
            return
        wait_for(connection, standing)
        if standing:
            say("standby", f"answers wait for {' or '.join(standing)}")
        elif self.waited_for:
            say(
                "standby",
                f"DROPPED: {' and '.join(self.waited_for)} silent for {SILENCE:.0f} s; answers stand on the primary alone",
            )
        self.waited_for, self.told = standing, ""


def wait_for(connection: psycopg.Connection, names: Sequence[str]) -> None:
    """Any one of them; nobody, if there is none. Whoever waits now is let go when the server reads this."""
    value = f"ANY 1 ({', '.join(names)})" if names else ""
    connection.execute(sql.SQL("ALTER SYSTEM SET synchronous_standby_names = {}").format(sql.Literal(value)))
    connection.execute("SELECT pg_reload_conf()")
