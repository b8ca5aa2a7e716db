"""Tables as files: read and written. Knows no actor.

Reading: `reader` is the way in. It has `sandbox` open the file in a process of its own (`sandbox_process`), where
`inspection` reads it: `formats` detects what it is; `delimited` and `encodings` read text, `workbooks` with `xlsx` and
`ods` spreadsheets, `json_objects` JSON. `headers`, `titles` and `body_rows` find out what the cells mean.
Writing: `writer`; `admin` offers every list of the admin as a file.
"""
