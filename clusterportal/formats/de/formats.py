"""German beside what Django knows: a time to be changed shows no seconds."""

TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S"]
