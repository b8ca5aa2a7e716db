"""Pages of the admin for those who run the portal, below `/admin/operation/`."""

from django.urls import path

from clusterportal.operation.admin import for_administrators, security

app_name = "operation"
urlpatterns = [
    path("security/", for_administrators(security.show), name="security"),
]
