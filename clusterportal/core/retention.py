"""How long what names people is kept, where no reason of its own asks for another time."""

from datetime import timedelta

A_YEAR_AND_QUESTIONS = timedelta(days=400)  # a year, and time for questions about it
