"""Background jobs of the actors."""

from procrastinate.contrib.django import app

from actors.search.vocabulary import forget_unused_words


@app.periodic(cron="29 3 * * *")
@app.task(name="actors.forget_words", queueing_lock="actors.forget_words")
def forget_words(timestamp: int) -> None:
    """Every night: search guesses from the words in use."""
    forget_unused_words()
