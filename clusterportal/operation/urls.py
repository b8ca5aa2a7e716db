"""Pages of the admin for those who run the portal, below `/admin/operation/`."""

from django.urls import path

from clusterportal.operation.admin import for_administrators, overview, security

app_name = "operation"
urlpatterns = [
    path("", for_administrators(overview.show), name="overview"),
    path("jobs/again/", for_administrators(overview.again), name="all-again"),
    path("jobs/<int:pk>/again/", for_administrators(overview.again), name="again"),
    path("security/", for_administrators(security.show), name="security"),
]
