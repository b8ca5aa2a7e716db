"""Contact persons, found and erased with every version of them; and the words of the search, made anew."""

from django.utils.translation import gettext as _

from actors.models import Actor, ContactPerson, SearchDocument, SearchNames, SearchWord
from actors.search.vocabulary import forget_unused_words
from clusterportal.history.changes import versions_of
from clusterportal.history.erasure import PersonFinding, after_erasing, erasable, forget_versions
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.history.text_columns import leave_out


def _find(search: Search) -> list[PersonFinding]:
    """Contacts of today and of before: whoever had the name or the address in any version."""
    hits = search.within(ContactPerson, "name", "email")
    sure = {hit.record for hit in hits if any(search.person.has_email(text) for text in hit.texts())}
    places = {hit.record: hit.place for hit in hits}
    versions = versions_of(ContactPerson).filter(pgh_obj__in=places)
    latest = versions.order_by("pgh_obj", "-pgh_id").distinct("pgh_obj")
    rows = list(latest.values_list("pgh_obj", "name", "email", "actor_id"))
    actors = Actor.objects.in_bulk({actor for _pk, _name, _email, actor in rows})
    return [
        PersonFinding(
            str(pk),
            _("Contact person"),
            name,
            " · ".join(filter(None, [str(actors.get(actor, "")), email])),
            places=frozenset([places[str(pk)]]),
            is_sure=str(pk) in sure,
        )
        for pk, name, email, actor in rows
    ]


def _erase(keys: list[str], person: Person) -> int:
    ContactPerson.objects.filter(pk__in=keys).delete()
    forget_versions(ContactPerson, keys)
    return len(keys)


erasable("contact", find=_find, erase=_erase)
after_erasing(forget_unused_words)
for _model in (SearchDocument, SearchNames, SearchWord):
    leave_out(
        _model._meta.db_table,
        "the search's own words, made anew from the actors by trigger and after erasing",
    )
