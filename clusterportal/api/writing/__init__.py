"""Partners write: proposals into the review queue, actors of the clusters that a key may write, many at once.

`shape` turns the JSON of a record into the row of a table and back; the row is planned and written as every import is.
"""
