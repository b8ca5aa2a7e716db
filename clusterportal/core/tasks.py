"""Background jobs of the ground storey. The worker runs beside the web server (`manage.py up`)."""

from django.core.management import call_command
from procrastinate.contrib.django import app

from clusterportal.core import picture_files


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Every night: forget the sessions of staff that have run out. `timestamp` is the planned time, in Unix seconds."""
    call_command("clearsessions")


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="tidy_pictures")
def tidy_pictures(timestamp: int) -> None:
    """Every night: pictures that came by import, restore or history get their copies, files of no use go."""
    picture_files.tidy_pictures()
