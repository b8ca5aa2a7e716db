"""Notes with their follow-ups and files, mails and what they tell, the state of clusters day by day."""

from clusterportal.teamwork.models.day import ClusterDay
from clusterportal.teamwork.models.mail import Letter, MailSetting, News, OutgoingMail
from clusterportal.teamwork.models.note import Attachment, Note

__all__ = ["Attachment", "ClusterDay", "Letter", "MailSetting", "News", "Note", "OutgoingMail"]
