"""Background jobs of the actors."""

from procrastinate.contrib.django import app

from actors.domain.frequent_words import keep_frequent_words
from actors.search.vocabulary import forget_unused_words


@app.periodic(cron="29 3 * * *")
@app.task(name="actors.forget_words", queueing_lock="actors.forget_words")
def forget_words(timestamp: int) -> None:
    """Every night: search guesses from the words in use, and knows who holds those that very many hold."""
    forget_unused_words()
    keep_frequent_words(anew=True)


@app.periodic(cron="*/10 * * * *")
@app.task(name="actors.keep_frequent_words", queueing_lock="actors.keep_frequent_words")
def keep_words(timestamp: int) -> None:
    """Now and then: who holds the words that very many hold, read again if much has changed."""
    keep_frequent_words()
