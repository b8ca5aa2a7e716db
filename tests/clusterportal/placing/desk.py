"""The desk as a browser without a script uses it."""

DESK = "/admin/actors/actor/placing/"
UNPLACED = "layer=none&state=current"


def enter(client, query: str = "", **options):
    """The first page of a walk through the list with these filters."""
    return client.get(f"{DESK}?{query}", follow=True, **options)


def sent_from(page, **chosen) -> dict:
    """What the form on the page sends when the given boxes are chosen besides those that are."""
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [])}
    return data | chosen


def save(client, page, **chosen):
    """Saves the actor of the page, and the page that follows."""
    return client.post(
        page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], sent_from(page, **chosen), follow=True
    )


def texts_of(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]
