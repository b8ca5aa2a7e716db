"""Background jobs of the actors."""

from procrastinate.contrib.django import app

from actors.domain.contact_retention import forget_contacts
from actors.search.vocabulary import forget_unused_words


@app.periodic(cron="29 3 * * *")
@app.task(name="actors.forget_words", queueing_lock="actors.forget_words")
def forget_words(timestamp: int) -> None:
    """Every night: search guesses from the words in use."""
    forget_unused_words()


@app.periodic(cron="31 3 * * *")
@app.task(name="actors.forget_contacts", queueing_lock="actors.forget_contacts")
def forget_people(timestamp: int) -> None:
    """Every night: contact persons who never agreed, and what is known of those who were removed long ago."""
    forget_contacts()
