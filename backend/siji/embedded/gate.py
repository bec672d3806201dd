"""May this release serve from this database? Asked at each deployment, by ``siji migrate`` and ``siji migrate --check``.

An index whose concurrent build was killed stays behind, INVALID: each write pays for it and no read uses it, so a page that was
fast in the rehearsal is slow on the day. A migration that is run again builds its own anew (storage/indexes.py); what is left
after that was made by hand or by a REINDEX that was killed.
"""

from __future__ import annotations

from django.db import connection

from siji.embedded.words import CannotStart
from siji.monitoring.readiness import missing_migrations
from siji.storage.indexes import invalid_indexes, rebuild


def check(*, mend: bool = False) -> None:
    """Raises CannotStart when migrations are missing or an index is invalid. ``mend``: such indexes are built again first."""
    if missing := missing_migrations():
        raise CannotStart(
            f"数据库还缺 {missing} 个升级步骤，请运行 siji migrate。",
            f"The database lacks {missing} migrations: run siji migrate.",
        )
    if mend:
        for name in invalid_indexes():
            rebuild(name)
            print(f"{name}: built again")
    if wrong := invalid_indexes():
        connection.close()
        raise CannotStart(
            f"有的索引没有建完，不能使用：{'、'.join(wrong)}。请运行 siji migrate --mend 重新建立，不影响正在使用的人。",
            f"These indexes are INVALID, left by a build that was killed: {', '.join(wrong)}. "
            "siji migrate --mend builds them again while people work.",
        )
