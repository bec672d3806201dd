from django.urls import path

from siji.api import api
from siji.monitoring.prometheus import metrics

# Not part of the interface: text for a machine in the house, told apart by its address alone.
urlpatterns = [path("api/v1/metrics", metrics), path("api/v1/", api.urls)]

handler500 = "siji.middleware.failed"
