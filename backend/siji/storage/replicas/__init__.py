"""Reads may go to streaming replicas, and nobody can tell (a Django database backend and its router).

A request that only reads goes to a replica when that one has *replayed the reader's own last write*: after each request that may
write, the position of the write-ahead log (LSN) is noted for the person (Redis) and for the browser (a cookie). Who has
noted 16/B374D848 reads where at least that much has been replayed, else from the primary. A process remembers how far it has
seen each replica, and since that only grows, most requests ask nothing.

Never a replica: inside a transaction, after a write in the same request, for sessions and accounts, for attempts, in jobs, and
for whatever fills the cache. A replica that is gone, frozen or in conflict with its recovery costs the query one more try on
the primary, within the same request; it is then left alone for a while (ADR 9).
"""
