from django.db import models
from wagtail.api import APIField
from wagtail.models import Page

SHOWN = ["kind", "size", "city", "country", "website", "summary", "latitude", "longitude"]


class ActorPage(Page):
    kind = models.CharField(max_length=20, db_index=True)
    size = models.CharField(max_length=20, db_index=True)
    city = models.CharField(max_length=100, db_index=True)
    country = models.CharField(max_length=2)
    website = models.URLField(max_length=500)
    summary = models.TextField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    api_fields = [APIField(name) for name in SHOWN]
