"""What feeds and calendars say of a contribution beside its own texts."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterportal.newsroom.models import Contribution


def headline_of(contribution: Contribution) -> str:
    """The headline; readers and calendars that show no status see by it what is cancelled or an example."""
    title = contribution.title
    if contribution.cancelled_at:
        title = _("Cancelled: %(title)s") % {"title": title}
    return _("Example: %(title)s") % {"title": title} if contribution.is_example else title


def missing_language_of(contribution: Contribution) -> str:
    """That there is nothing in the active language; empty where there is."""
    if get_language() in contribution.languages:
        return ""
    if "de" in contribution.languages:
        return _("This item is available in German only.")
    return _("This item is available in English only.")


def time_and_place_of(contribution: Contribution) -> str:
    """When and where an event is, in one line; empty for everything else."""
    if contribution.starts_at is None:
        return ""
    begins = timezone.localtime(contribution.starts_at)
    ends = timezone.localtime(contribution.ends_at) if contribution.ends_at else None
    said = date_format(begins, "DATE_FORMAT")
    if not contribution.is_all_day:
        said += f", {date_format(begins, 'TIME_FORMAT')}"
    if ends and ends.date() != begins.date():
        said += f" – {date_format(ends, 'DATE_FORMAT' if contribution.is_all_day else 'DATETIME_FORMAT')}"
    elif ends and not contribution.is_all_day:
        said += f" – {date_format(ends, 'TIME_FORMAT')}"
    return ", ".join(filter(None, [said, contribution.place or contribution.online_url]))
