"""Background jobs of the actors."""

from procrastinate.contrib.django import app

from actors.domain.vocabulary import forget_unused_words


@app.periodic(cron="29 3 * * *")
@app.task(name="actors.forget_words", queueing_lock="actors.forget_words")
def forget_words(timestamp: int) -> None:
    """Every night: words that are gone from the registry are gone from what search guesses from."""
    forget_unused_words()
