from django.urls import path

from naive import marking, views

urlpatterns = [
    path("api/v1/courses", views.courses),
    path("api/v1/courses/<int:course_id>", views.course),
    path("api/v1/courses/<int:course_id>/results", views.results),
    path("api/v1/courses/<int:course_id>/students", views.students),
    path("api/v1/me/progress", views.progress),
    path("api/v1/attempts/<uuid:attempt_id>/mark", marking.mark),
]
