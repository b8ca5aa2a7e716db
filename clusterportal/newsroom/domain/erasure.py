"""Erasing a person from files of contributions; texts and names are found by the search over all tables."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.erasable_uploads import Uploads, erasable_uploads
from clusterportal.history.text_columns import leave_out
from clusterportal.newsroom.models import ContributionDocument, File

erasable_uploads(
    "contribution_file",
    Uploads(
        File,
        kind=_("File of a contribution"),
        where=lambda file: str(file.contribution),
        where_gone=_("of a deleted contribution"),
        belongs_to=("contribution",),
    ),
)
leave_out(
    ContributionDocument._meta.db_table, "the search's own words, made anew from the contributions by trigger"
)
