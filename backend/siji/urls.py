from django.urls import path

from siji.api import api

urlpatterns = [path("api/v1/", api.urls)]

handler500 = "siji.middleware.failed"
