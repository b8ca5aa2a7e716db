"""The curator's workplace: the admin's first page and the page of an actor, put together from what each room adds."""
