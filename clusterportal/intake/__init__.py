"""Tables become actors: read, understood (profiles), planned; written only when all of it is planned."""
