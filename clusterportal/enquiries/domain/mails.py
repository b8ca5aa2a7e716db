"""What the mails of an enquiry say: plain text, in the language of whoever reads it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from clusterportal.core.signed_links import absolute
from clusterportal.enquiries.domain.confirmation_link import confirmation_address
from clusterportal.enquiries.domain.retention import KEPT_FOR
from clusterportal.enquiries.enums import MailKind
from clusterportal.enquiries.models import EnquiryMail


def text_of(mail: EnquiryMail) -> dict | None:
    """Subject, body and recipient for `send_once`; None when the enquiry is forgotten already."""
    enquiry = mail.enquiry
    if not mail.to or not enquiry.email:
        return None
    is_confirmation = mail.kind == MailKind.CONFIRM
    with override(mail.language):
        context = {"enquiry": enquiry, "about": str(enquiry), "site": settings.SITE_NAME}
        if is_confirmation:
            # Nothing that the sender typed: the address may be somebody else's.
            context |= {"link": confirmation_address(enquiry)}
        else:
            path = enquiry.subject_page or (enquiry.actor.get_absolute_url() if enquiry.actor else "")
            page = absolute(path) if path else ""
            context |= {"kind": mail.kind, "page": page, "days": KEPT_FOR.days}
        template = "mail/enquiries/confirm.txt" if is_confirmation else "mail/enquiries/enquiry.txt"
        subject, _break, body = render_to_string(template, context).strip().partition("\n")
    return {
        "subject": " ".join(subject.split()),
        "body": body.strip() + "\n",
        "to": mail.to,
        "reply_to": "" if is_confirmation else enquiry.email,
    }
