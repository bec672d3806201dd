"""``/api/v1/slow/SECONDS`` holds a connection of the pool that long."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from siji.middleware import failed
from siji.urls import urlpatterns as real

handler500 = failed


def slow(request: HttpRequest, seconds: int) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])
    return HttpResponse("slept")


urlpatterns = [path("api/v1/slow/<int:seconds>", slow), *real]
