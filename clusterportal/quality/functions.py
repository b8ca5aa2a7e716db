"""SQL functions of the room as Django expressions; `quality.0001` creates them."""

from django.db import models
from django.db.models import Func


class PlainName(Func):
    """`registry_plain_name(text)`: a name as duplicates are compared by it.

    Folded, umlauts and their spellings equal (Müller, Mueller), without legal form, "and" and punctuation.
    """

    function = "registry_plain_name"
    arity = 1
    output_field = models.TextField()


class WebsiteHost(Func):
    """`registry_website_host(text)`: the host of an address in lower case, without a leading "www."."""

    function = "registry_website_host"
    arity = 1
    output_field = models.TextField()


class BareNumber(Func):
    """`registry_bare_number(text)`: an identifier without address, court and separators."""

    function = "registry_bare_number"
    arity = 1
    output_field = models.TextField()
