"""What is compared of an organisation, normalised: of a row, of an actor, of what somebody types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.core.exceptions import ValidationError

from actors.validators import clean_identifier
from clusterportal.intake.identity.names import (
    full_name_key,
    name_key,
    phone_key,
    postcode_key,
    site_of,
    street_key,
    town_key,
)

_EMPTY: Mapping = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Description:
    """What is compared of an organisation, normalised by `names`; `describe` makes one of what people write."""

    name: str = ""  # its own name, as `full_name_key` has it
    key: str = ""  # its own name, as `name_key` has it
    # Other names by `full_name_key`, as people read them.
    others: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    other_keys: frozenset[str] = frozenset()
    identifiers: Mapping[str, frozenset[str]] = field(default_factory=lambda: _EMPTY)  # by scheme
    host: str = ""
    phone: str = ""
    phone_label: str = ""
    country: str = ""
    postcode: str = ""
    postcode_label: str = ""
    town: str = ""
    town_label: str = ""
    street: str = ""
    street_label: str = ""
    position: tuple[float, float] | None = None

    @property
    def keys(self) -> frozenset[str]:
        return self.other_keys | {self.key} if self.key else self.other_keys

    @property
    def bare_numbers(self) -> dict[str, str]:
        """All identifiers by their letters and digits, so that they can be compared across schemes."""
        return {
            "".join(filter(str.isalnum, value)).upper(): value
            for values in self.identifiers.values()
            for value in values
        }

    @property
    def has_place(self) -> bool:
        return bool(self.postcode or self.town)


def describe(
    *,
    name: str = "",
    others: Iterable[str] = (),
    identifiers: Iterable[tuple[str, str]] = (),
    website: str = "",
    phone: str = "",
    country: str = "",
    postcode: str = "",
    city: str = "",
    street: str = "",
    position: tuple[float, float] | None = None,
) -> Description:
    """A description of what people write; what they leave out stays empty."""
    others = [other for other in others if other]
    numbers: dict[str, set[str]] = {}
    for scheme, value in identifiers:
        numbers.setdefault(str(scheme), set()).add(_canonical(str(scheme), value))
    return Description(
        name=full_name_key(name),
        key=name_key(name) if name else "",
        others={full_name_key(other): other for other in others} or _EMPTY,
        other_keys=frozenset(map(name_key, others)),
        identifiers={scheme: frozenset(values) for scheme, values in numbers.items()} or _EMPTY,
        host=site_of(website) if website else "",
        phone=phone_key(phone) if phone else "",
        phone_label=phone,
        country=country,
        postcode=postcode_key(postcode) if postcode else "",
        postcode_label=postcode,
        town=town_key(city) if city else "",
        town_label=city,
        street=street_key(street) if street else "",
        street_label=street,
        position=position,
    )


def _canonical(scheme: str, value: str) -> str:
    """An identifier in the spelling of its scheme; as it is where the scheme has none."""
    if value.isalnum():
        return value  # without separators
    try:
        return clean_identifier(scheme, value)
    except (ValidationError, ValueError):
        return value
