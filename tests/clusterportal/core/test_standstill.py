"""A restored portal keeps still until somebody allows it to write to people."""

import pytest
from django.core import mail as outgoing
from django.core.management import call_command

from clusterportal.core.backup import backup, restore
from clusterportal.core.mailing import NotAccepted
from clusterportal.core.models import Standstill
from clusterportal.core.outbox import Outbox
from clusterportal.core.tasks import send_message
from clusterportal.teamwork.models import OutgoingMail
from tests.factories import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_after_a_restore_no_mail_goes_out_until_somebody_allows_it(settings, tmp_path):
    settings.BACKED_UP = {"media": tmp_path / "media"}
    mail = OutgoingMail.objects.create(user=make_person("manager"), to="a@leser.example")
    path = tmp_path / "registry.tar.gz"
    backup(path)
    assert not Standstill.is_on()
    restore(path, replace=True)
    box = Outbox(OutgoingMail, lambda one: {"subject": "-", "body": "-", "to": one.to})
    assert Standstill.is_on() and box.send_due() == 0
    with pytest.raises(NotAccepted, match="allow_sending"):
        send_message(subject="-", body="-", to=mail.to)  # a job, which tries again
    assert outgoing.outbox == []
    call_command("allow_sending")
    assert box.send_due() == 1 and outgoing.outbox[0].to == [mail.to]
