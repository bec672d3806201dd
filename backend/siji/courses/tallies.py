"""Numbers that are read often and counted never: kept by the database in the statement that changes them.

Counting live over 50,000 enrolments was measured at 110–130 ms with eight clients, reading a stored number below 1 ms. The
numbers are kept by triggers and not by the actions, since nothing that writes (bulk recounts, imports, a person at psql) can
pass a trigger by; each statement costs one update for each course it touches (ADR 10).

``drifted`` compares them with a count (nobody should ever find any), ``recount`` puts them right under the same locks.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction

from siji.storage.cache.manager import cache_manager

TRIGGERS = """
CREATE FUNCTION courses_tally_enrollments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changes courses_coursetally[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(ROW(course_id, n, total, 0)::courses_coursetally ORDER BY course_id) INTO changes FROM (
            SELECT course_id, count(*)::int AS n, sum(progress) AS total FROM new_rows WHERE is_active GROUP BY course_id
        ) AS added;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(ROW(course_id, n, total, 0)::courses_coursetally ORDER BY course_id) INTO changes FROM (
            SELECT course_id, -count(*)::int AS n, -sum(progress) AS total FROM old_rows WHERE is_active GROUP BY course_id
        ) AS gone;
    ELSE
        SELECT array_agg(ROW(course_id, n, total, 0)::courses_coursetally ORDER BY course_id) INTO changes FROM (
            SELECT course_id, sum(one)::int AS n, sum(progress) AS total FROM (
                SELECT course_id, 1 AS one, progress FROM new_rows WHERE is_active
                UNION ALL SELECT course_id, -1, -progress FROM old_rows WHERE is_active
            ) AS sides GROUP BY course_id HAVING sum(one) <> 0 OR sum(progress) <> 0
        ) AS changed;
    END IF;
    PERFORM courses_add_to_tallies(changes);
    RETURN NULL;
END $$;

CREATE FUNCTION courses_tally_assignments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changes courses_coursetally[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(ROW(course_id, 0, 0, n)::courses_coursetally ORDER BY course_id) INTO changes
        FROM (SELECT course_id, count(*)::int AS n FROM new_rows GROUP BY course_id) AS added;
    ELSE
        SELECT array_agg(ROW(course_id, 0, 0, n)::courses_coursetally ORDER BY course_id) INTO changes
        FROM (SELECT course_id, -count(*)::int AS n FROM old_rows GROUP BY course_id) AS gone;
    END IF;
    PERFORM courses_add_to_tallies(changes);
    RETURN NULL;
END $$;

-- In the order of the courses, one statement each: two that touch the same courses cannot wait for each other in a circle.
CREATE FUNCTION courses_add_to_tallies(changes courses_coursetally[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    change courses_coursetally;
BEGIN
    FOREACH change IN ARRAY coalesce(changes, '{}') LOOP
        UPDATE courses_coursetally AS tally SET
            student_count = tally.student_count + change.student_count,
            progress_sum = tally.progress_sum + change.progress_sum,
            assignment_count = tally.assignment_count + change.assignment_count
        WHERE tally.course_id = change.course_id;
    END LOOP;
END $$;

CREATE FUNCTION courses_count_courses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO courses_coursetally (course_id, student_count, progress_sum, assignment_count) VALUES (NEW.id, 0, 0, 0);
        PERFORM courses_add_to_counts(NEW.teacher_id, NEW.status, 1);
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM courses_coursetally WHERE course_id = OLD.id;
        PERFORM courses_add_to_counts(OLD.teacher_id, OLD.status, -1);
    ELSIF (OLD.teacher_id, OLD.status) IS DISTINCT FROM (NEW.teacher_id, NEW.status) THEN
        -- The lower key first, for the same reason.
        IF (OLD.teacher_id, OLD.status) < (NEW.teacher_id, NEW.status) THEN
            PERFORM courses_add_to_counts(OLD.teacher_id, OLD.status, -1);
            PERFORM courses_add_to_counts(NEW.teacher_id, NEW.status, 1);
        ELSE
            PERFORM courses_add_to_counts(NEW.teacher_id, NEW.status, 1);
            PERFORM courses_add_to_counts(OLD.teacher_id, OLD.status, -1);
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION courses_add_to_counts(of_teacher bigint, of_status text, change int) RETURNS void LANGUAGE sql AS $$
    INSERT INTO courses_coursecount AS counted (teacher_id, status, number) VALUES (of_teacher, of_status, change)
    ON CONFLICT (teacher_id, status) DO UPDATE SET number = counted.number + change;
$$;

CREATE TRIGGER tally_insert AFTER INSERT ON courses_enrollment REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION courses_tally_enrollments();
CREATE TRIGGER tally_update AFTER UPDATE ON courses_enrollment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION courses_tally_enrollments();
CREATE TRIGGER tally_delete AFTER DELETE ON courses_enrollment REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION courses_tally_enrollments();
CREATE TRIGGER tally_insert AFTER INSERT ON courses_assignment REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION courses_tally_assignments();
CREATE TRIGGER tally_delete AFTER DELETE ON courses_assignment REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION courses_tally_assignments();
CREATE TRIGGER count_courses AFTER INSERT OR DELETE OR UPDATE OF teacher_id, status ON courses_course
    FOR EACH ROW EXECUTE FUNCTION courses_count_courses();
"""

NO_TRIGGERS = """
DROP TRIGGER IF EXISTS tally_insert ON courses_enrollment;
DROP TRIGGER IF EXISTS tally_update ON courses_enrollment;
DROP TRIGGER IF EXISTS tally_delete ON courses_enrollment;
DROP TRIGGER IF EXISTS tally_insert ON courses_assignment;
DROP TRIGGER IF EXISTS tally_delete ON courses_assignment;
DROP TRIGGER IF EXISTS count_courses ON courses_course;
DROP FUNCTION IF EXISTS courses_tally_enrollments, courses_tally_assignments, courses_count_courses;
DROP FUNCTION IF EXISTS courses_add_to_tallies, courses_add_to_counts;
"""

COUNTED = """
SELECT course.id AS course_id, coalesce(people.n, 0) AS student_count, coalesce(people.total, 0) AS progress_sum,
       coalesce(work.n, 0) AS assignment_count
FROM courses_course AS course
LEFT JOIN (
    SELECT course_id, count(*) AS n, sum(progress) AS total FROM courses_enrollment WHERE is_active GROUP BY course_id
) AS people ON people.course_id = course.id
LEFT JOIN (SELECT course_id, count(*) AS n FROM courses_assignment GROUP BY course_id) AS work ON work.course_id = course.id
"""

FILL = f"""
INSERT INTO courses_coursetally (course_id, student_count, progress_sum, assignment_count) {COUNTED};
INSERT INTO courses_coursecount (teacher_id, status, number)
SELECT teacher_id, status, count(*) FROM courses_course GROUP BY teacher_id, status;
"""  # noqa: S608  # of this file's own text

DRIFTED_TALLIES = f"""
SELECT counted.course_id FROM ({COUNTED}) AS counted LEFT JOIN courses_coursetally AS tally USING (course_id)
WHERE (tally.student_count, tally.progress_sum, tally.assignment_count)
    IS DISTINCT FROM (counted.student_count, counted.progress_sum, counted.assignment_count)
ORDER BY 1
"""  # noqa: S608  # of this file's own text

DRIFTED_COUNTS = """
SELECT coalesce(counted.teacher_id, stored.teacher_id)
FROM (SELECT teacher_id, status, count(*) AS number FROM courses_course GROUP BY teacher_id, status) AS counted
FULL JOIN courses_coursecount AS stored USING (teacher_id, status)
WHERE coalesce(counted.number, 0) <> coalesce(stored.number, 0)
"""

# Whoever changes an enrolment holds this row until it commits: what is counted after the lock is what is there.
HOLD = """
INSERT INTO courses_coursetally (course_id, student_count, progress_sum, assignment_count) VALUES (%s, 0, 0, 0)
ON CONFLICT (course_id) DO UPDATE SET course_id = excluded.course_id
"""

SET = f"""
UPDATE courses_coursetally AS tally SET student_count = counted.student_count, progress_sum = counted.progress_sum,
    assignment_count = counted.assignment_count
FROM ({COUNTED} WHERE course.id = %s) AS counted WHERE tally.course_id = counted.course_id
"""  # noqa: S608  # of this file's own text

HOLD_COUNTS = "LOCK TABLE courses_course IN SHARE ROW EXCLUSIVE MODE"
SET_COUNTS = """
DELETE FROM courses_coursecount;
INSERT INTO courses_coursecount (teacher_id, status, number)
SELECT teacher_id, status, count(*) FROM courses_course GROUP BY teacher_id, status;
"""


def drifted() -> tuple[list[int], list[int]]:
    """Courses and teachers whose stored numbers are not what one snapshot counts. Both empty, or something is wrong."""
    with connection.cursor() as cursor:
        cursor.execute(DRIFTED_TALLIES)
        courses = [course for (course,) in cursor.fetchall()]
        cursor.execute(DRIFTED_COUNTS)
        return courses, sorted({teacher for (teacher,) in cursor.fetchall()})


DRIFTED_AMONG = """
SELECT course.id FROM courses_course AS course LEFT JOIN courses_coursetally AS tally ON tally.course_id = course.id
CROSS JOIN LATERAL (
    SELECT count(*) AS n, coalesce(sum(progress), 0) AS total FROM courses_enrollment WHERE course_id = course.id AND is_active
) AS people
CROSS JOIN LATERAL (SELECT count(*) AS n FROM courses_assignment WHERE course_id = course.id) AS work
WHERE course.id = ANY(%s)
    AND (tally.student_count, tally.progress_sum, tally.assignment_count) IS DISTINCT FROM (people.n, people.total, work.n)
ORDER BY 1
"""

DRIFTED_COUNTS_AMONG = """
WITH asked AS (SELECT teacher_id FROM courses_course WHERE id = ANY(%(courses)s) UNION SELECT unnest(%(teachers)s::bigint[]))
SELECT DISTINCT coalesce(counted.teacher_id, stored.teacher_id)
FROM (
    SELECT teacher_id, status, count(*) AS number FROM courses_course WHERE teacher_id IN (SELECT teacher_id FROM asked)
    GROUP BY teacher_id, status
) AS counted
FULL JOIN (SELECT * FROM courses_coursecount WHERE teacher_id IN (SELECT teacher_id FROM asked)) AS stored
USING (teacher_id, status)
WHERE coalesce(counted.number, 0) <> coalesce(stored.number, 0)
ORDER BY 1
"""


def drifted_among(courses: Iterable[int], teachers: Iterable[int]) -> tuple[list[int], list[int]]:
    """Of these courses, their teachers and these teachers those that have drifted; costs the same in a larger school."""
    ids = list(courses)
    with connection.cursor() as cursor:
        cursor.execute(DRIFTED_AMONG, [ids])
        wrong = [course for (course,) in cursor.fetchall()]
        cursor.execute(DRIFTED_COUNTS_AMONG, {"courses": ids, "teachers": list(teachers)})
        return wrong, [teacher for (teacher,) in cursor.fetchall()]


def recount() -> tuple[int, int]:
    """Puts right what has drifted, course by course, while people work; how many courses and teachers that were."""
    courses, teachers = drifted()
    for course in courses:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(HOLD, [course])
            cursor.execute(SET, [course])
    if teachers:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(HOLD_COUNTS)
            cursor.execute(SET_COUNTS)
    if courses or teachers:
        cache_manager.forget_everything()
    return len(courses), len(teachers)
