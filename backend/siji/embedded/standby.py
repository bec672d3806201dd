"""``siji up --replicas N --sync``: answers wait for a standby, and a standby that freezes is dropped before an exam notices.

No time-out of PostgreSQL ends a wait for a standby that has stopped answering. So the standby reports every second, and this
looks twice a second: one whose report is older than SILENCE is no longer waited for, which is said; once it streams again it is
waited for again. While none is waited for an answer stands on the primary alone, as without ``--sync``.

``run/standby.json`` says whether a standby has every acknowledged answer, for ``siji promote``. It says no before anything is
acknowledged without a standby, and yes only once one has all that was acknowledged meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime

import psycopg
from psycopg import sql

from siji.embedded.home import Home, write_json
from siji.embedded.postgres import Postgres
from siji.embedded.words import first_line, say

SILENCE = 3.0
EVERY = 0.5
STANDING = """
SELECT application_name FROM pg_stat_replication
WHERE application_name = ANY(%s) AND state = 'streaming' AND reply_time > clock_timestamp() - make_interval(secs => %s)
ORDER BY 1
"""
CAUGHT_UP = "SELECT coalesce(bool_or(flush_lsn >= %s::pg_lsn), false) FROM pg_stat_replication WHERE application_name = ANY(%s)"


class Watchdog:
    def __init__(self, home: Home, primary: Postgres, slots: Sequence[str]) -> None:
        self.home, self.primary, self.slots = home, primary, list(slots)
        self.waited_for: list[str] | None = None
        self.behind_until = ""
        """Where the log stood when a standby was waited for again; empty once one has all of it, or none is waited for."""
        self.told = ""

    def start(self) -> None:
        self._record(is_complete=False)
        threading.Thread(target=self._watch, name="standby-watchdog", daemon=True).start()

    def _watch(self) -> None:
        pause = threading.Event()
        while True:
            try:
                with self.primary.connect() as connection:
                    self.waited_for = None  # it may be another one now, which waits for nobody
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
        if standing != self.waited_for:
            self._change(connection, standing)
        elif self.behind_until and _is_true(connection, CAUGHT_UP, [self.behind_until, standing]):
            self.behind_until = ""
            self._record(is_complete=True)

    def _change(self, connection: psycopg.Connection, standing: list[str]) -> None:
        is_less = not self.waited_for or bool(set(self.waited_for) - set(standing))
        if is_less:  # what one of several had is not on each of those that stay
            self._record(is_complete=False)
            self.behind_until = ""
        wait_for(connection, standing)
        if standing:
            if is_less:
                row = connection.execute("SELECT pg_current_wal_insert_lsn()::text").fetchone()
                self.behind_until = row[0] if row else ""
            say("standby", f"answers wait for {' or '.join(standing)}")
        elif self.waited_for:
            gone = " and ".join(self.waited_for)
            say("standby", f"DROPPED: {gone} silent for {SILENCE:.0f} s; answers stand on the primary alone")
        self.waited_for, self.told = standing, ""

    def _record(self, *, is_complete: bool) -> None:
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        write_json(self.home.run / "standby.json", {"is_complete": is_complete, "since": since})


def _is_true(connection: psycopg.Connection, question: str, values: Sequence[object]) -> bool:
    row = connection.execute(question, values).fetchone()
    return row is not None and bool(row[0])


def wait_for(connection: psycopg.Connection, names: Sequence[str]) -> None:
    """Any one of them; nobody, if there is none. Whoever waits now is let go when the server reads this."""
    value = f"ANY 1 ({', '.join(names)})" if names else ""
    connection.execute(sql.SQL("ALTER SYSTEM SET synchronous_standby_names = {}").format(sql.Literal(value)))
    connection.execute("SELECT pg_reload_conf()")
