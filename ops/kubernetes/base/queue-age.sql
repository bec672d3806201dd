-- Seconds for which the oldest job that is due has waited for a worker; 0 with none. Answered by the index job_unfinished.
SELECT coalesce(extract(epoch FROM now() - min(due_at)), 0) AS siji_oldest_due_job_seconds
FROM jobs_job WHERE state = 'queued' AND due_at <= now();
