"""What feeds and calendars say of a contribution beside its own texts."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from clusterportal.core.languages import language_shown
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
        other = partly_in(contribution)
        return (
            _("Parts of this item are available in %(language)s only.") % {"language": other} if other else ""
        )
    others = [str(get_language_info(code)["name_translated"]) for code in contribution.languages]
    return _("This item is available in %(language)s only.") % {"language": ", ".join(others)}


def partly_in(contribution: Contribution) -> str:
    """The other language in which one of its texts stands for want of the active one, by name; empty where all do."""
    own = get_language()
    if own not in contribution.languages:
        return ""
    shown = (language_shown(contribution, name) for name in ("subtitle", "lead", "body"))
    other = next((code for code in shown if code not in ("", own)), "")
    return str(get_language_info(other)["name_translated"]) if other else ""


def time_and_place_of(contribution: Contribution) -> str:
    """When and where an event is, in one line; empty for everything else."""
    if contribution.starts_at is None:
        return ""
    begins = timezone.localtime(contribution.starts_at)
    ends = timezone.localtime(contribution.ends_at) if contribution.ends_at else None
    said = date_format(begins, "DATE_FORMAT")
    if not contribution.is_all_day:
        said += f", {date_format(begins, 'TIME_FORMAT')}"
    if contribution.is_all_day:
        if contribution.last_day != begins.date():
            said += f" – {date_format(contribution.last_day, 'DATE_FORMAT')}"
    elif ends and ends.date() != begins.date():
        said += f" – {date_format(ends, 'DATETIME_FORMAT')}"
    elif ends:
        said += f" – {date_format(ends, 'TIME_FORMAT')}"
    return ", ".join(filter(None, [said, contribution.place or contribution.online_url]))
