"""Background jobs of the room. What they find to do stands in its own tables, so a lost job loses nothing."""

from django.utils import timezone
from procrastinate.contrib.django import app

from clusterportal.matchmaking.domain import forgetting, outbox, planning
from clusterportal.matchmaking.models import SchedulePlan


@app.task(name=planning.MAKE_PLAN)
def make_plan(*, plan: int) -> None:
    """Compute a draft that was asked for; one that a newer request replaced is gone."""
    found = SchedulePlan.objects.select_related("event").filter(pk=plan, announced_at=None).first()
    if found:
        planning.compute(plan=found)


@app.task(name=planning.LOOK_FOR_HELP)
def look_for_help(*, plan: int) -> None:
    """What one more table in a slot would give."""
    found = SchedulePlan.objects.select_related("event").filter(pk=plan).first()
    if found:
        planning.look_for_help(plan=found)


@app.task(name=outbox.SEND_NOW, queue="mail")
def send_now() -> None:
    """Mails that were just written."""
    outbox.send_due()


@app.periodic(cron="* * * * *")
@app.task(name="matchmaking.send_mails", queueing_lock="matchmaking.send_mails", queue="mail")
def send_mails(timestamp: int) -> None:
    """Every minute: what is due. `timestamp` is the planned time, in Unix seconds."""
    outbox.send_due()


@app.periodic(cron="41 3 * * *")
@app.task(name="matchmaking.forget", queueing_lock="matchmaking.forget")
def forget(timestamp: int) -> None:
    """Every night: people of events that are long over are erased."""
    forgetting.forget_expired(today=timezone.localdate())
