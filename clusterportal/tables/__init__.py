"""Tables as files: read from what people have, written in what they need. Knows no actor."""
