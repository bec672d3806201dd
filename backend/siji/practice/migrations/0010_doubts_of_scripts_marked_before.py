from typing import Any

from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

STEP = 1000
"""Scripts in one transaction: a fraction of a second, for which nobody can mark these and everybody can read them."""

LAST = """
SELECT max(script_id) FROM (
    SELECT DISTINCT script_id FROM practice_machinemark WHERE script_id > %s ORDER BY script_id LIMIT %s
) AS these
"""
LOCK = """
SELECT id FROM practice_script WHERE id > %(after)s AND id <= %(last)s AND NOT is_doubtful ORDER BY id FOR UPDATE
"""
# The rules as they stood: the newest word of each engine on the text as it is; 3 marks apart, an answer that broke the checks
# twice, a built-in mark that is alone and unsure, or a flag for a person to judge.
FILL = """
WITH newest AS (
    SELECT DISTINCT ON (mark.script_id, mark.engine) mark.*
    FROM practice_machinemark AS mark JOIN practice_script AS script ON script.id = mark.script_id
    WHERE script.id > %(after)s AND script.id <= %(last)s AND NOT script.is_doubtful
        AND mark.engine IN ('builtin', 'model') AND mark.digest = encode(sha256(convert_to(script.text, 'UTF8')), 'hex')
    ORDER BY mark.script_id, mark.engine, mark.id DESC
), doubtful AS (
    SELECT script_id FROM newest GROUP BY script_id HAVING
        abs(max(value) FILTER (WHERE engine = 'builtin') - max(value) FILTER (WHERE engine = 'model')) >= 3
        OR bool_or(engine = 'model' AND failure IN ('empty', 'reasoning_only', 'not_json', 'wrong_shape', 'too_long'))
        OR (max(confidence) FILTER (WHERE engine = 'builtin') < 0.35 AND max(value) FILTER (WHERE engine = 'model') IS NULL)
        OR bool_or(jsonb_path_exists(
            flags,
            '$[*].name ? (@ == "orders_to_marker" || @ == "off_topic" || @ == "not_english" || @ == "template" || @ == "copied")'
        ))
)
UPDATE practice_script AS script SET is_doubtful = true FROM doubtful WHERE script.id = doubtful.script_id
"""


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor, step: int = STEP) -> None:
    """In steps that each hold for themselves: interrupted, it is simply run again. Whoever marks a script meanwhile has locked
    it first or comes after the step, so that the newest mark decides."""
    after = 0
    while (last := _step(schema_editor.connection, after, step)) is not None:
        after = last


def _step(connection: Any, after: int, step: int) -> int | None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(LAST, [after, step])
        last: int | None = cursor.fetchone()[0]
        if last is not None:
            between = {"after": after, "last": last}
            cursor.execute(LOCK, between)
            cursor.execute(FILL, between)
    return last


class Migration(migrations.Migration):
    """By itself and outside a transaction: a table of any size is never locked as a whole."""

    atomic = False
    dependencies = [("practice", "0009_trust_and_appeals")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
