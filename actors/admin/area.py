"""Application areas, with how many actors each has."""

from django.contrib import admin

from actors.admin.terms import CountsWithinReach
from applications.admin import ApplicationAreaAdmin
from applications.models import ApplicationArea


@admin.register(ApplicationArea)
class CountedAreaAdmin(CountsWithinReach, ApplicationAreaAdmin):
    assignments = "foci"
