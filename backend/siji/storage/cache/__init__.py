"""What is read often is kept ready: values (``cached_result``) and bytes ready to send (``cached_response``).

An entry names the *namespaces* that it was made from ("course:17") with the version each had before the making began. A write
bumps the versions of what it changes when it commits; an entry whose versions are not the present ones is not there. So a
reader that was slower than a write can store what it likes: nobody will read it. Versions are random and not counted, so an
emptied Redis never hands one out twice.

Redis may be empty, frozen or gone: then everything is computed, slower, and nothing is wrong. What could not be bumped is tried
again until it is, and passed by in this process until then (ADR 8).
"""
