"""The filters of the lists of contributions: chips, kinds with their numbers, and what was not understood."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusterportal.pages.presenters.active_filters import Chip, address_without


@dataclass(frozen=True)
class KindLink:
    label: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class ContributionSelection:
    """What `pages/_selection.html` shows."""

    errors: list[tuple[str, str]]
    chips: list[Chip]


def selection_of(
    filterset, params: QueryDict, *, month: date | None, month_error: str, text: str
) -> ContributionSelection:
    """Of a FilterSet that was validated, with what the page reads itself."""
    fields = filterset.form.fields
    errors = [(str(fields[name].label), text) for name, texts in filterset.errors.items() for text in texts]
    if month_error:
        errors.append((_("Month"), month_error))
    if errors:
        return ContributionSelection(errors, [])
    found = [Chip(_("“%(value)s”") % {"value": text}, address_without(params, "q"), "q")] if text else []
    for name in filterset.filters:
        found.extend(_chips(filterset, name, params))
    if month:
        label = date_format(month, "YEAR_MONTH_FORMAT")
        found.append(Chip(label, address_without(params, "month"), "month"))
    return ContributionSelection([], found)


def _chips(filterset, name: str, params: QueryDict) -> list[Chip]:
    chosen = filterset.form.cleaned_data.get(name)
    if not chosen:
        return []
    if not isinstance(chosen, Iterable) or isinstance(chosen, str):
        text = f"{filterset.form.fields[name].label}: {params.get(name)}"
        return [Chip(text, address_without(params, name), name)]
    labels = dict(filterset.filters[name].extra.get("choices", ()))
    codes = [str(getattr(one, "slug", one)) for one in chosen]
    return [
        Chip(
            str(labels.get(code, code) if isinstance(one, str | int) else one),
            address_without(params, name, code, codes),
            name,
        )
        for one, code in zip(chosen, codes, strict=True)
    ]


def kind_links(
    choices, counts: dict[str, int], params: QueryDict, *, every: str, chosen: list[str]
) -> list[KindLink]:
    """ "All", then each kind that has something, or is chosen. The number is that under the other filters."""
    links = [KindLink(every, sum(counts.values()), _with_kind(params, ""), not chosen)]
    for code, label in choices:
        if counts.get(code) or code in chosen:
            links.append(
                KindLink(str(label), counts.get(code, 0), _with_kind(params, code), chosen == [code])
            )
    return links


def _with_kind(params: QueryDict, kind: str) -> str:
    changed = params.copy()
    for name in ("kind", "page"):
        changed.pop(name, None)
    if kind:
        changed["kind"] = kind
    return f"?{changed.urlencode()}" if changed else "?"


def without(params: QueryDict, *names: str) -> QueryDict:
    """The parameters but these."""
    left = params.copy()
    for name in names:
        left.pop(name, None)
    return left
