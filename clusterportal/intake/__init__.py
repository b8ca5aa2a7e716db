"""Tables become actors.

`profiles` say what the columns of a file mean, so that each row becomes `row_facts`; `planning` makes the `plan` of
what would change; `differences`, `report` and `publishing` put it into words; `applying` writes it. `identity` decides
whether two are the same organisation. `registry_files` load a registry from a folder of CSV files.
"""
