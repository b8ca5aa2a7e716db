"""What the portal holds of whoever asks, as a file: for account holders, and for readers of newsletters by their link.

Only sent forms: addresses of pages stand in the history of browsers and in logs.
"""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from clusterportal.core.signed_links import BadLink
from clusterportal.history.person import Person
from clusterportal.history.person_data import data_of, data_of_account
from clusterportal.history.person_files import file_of
from clusterportal.newsletters.domain import leaving
from clusterportal.newsletters.domain.reader_links import CHOICE
from clusterportal.pages.views.errors import too_many_requests
from clusterportal.pages.views.participation.newsletters import bad_link
from clusterportal.pages.views.participation.sending import open_to_all
from clusterportal.review.domain.throttle import may_get_data

_NEWSLETTERS = ("newsletter_order:", "newsletter_mail:")  # what a link that may be passed on opens


@method_decorator(never_cache, name="dispatch")
class AccountDataView(LoginRequiredMixin, View):
    """Everything that is the account holder's own, from all rooms."""

    http_method_names = ["post"]

    def post(self, request):
        if not may_get_data(email=request.user.email or request.user.get_username()):
            return too_many_requests(request)
        return file_of(data_of_account(request.user), format=request.POST.get("format", ""))


@method_decorator(open_to_all, name="dispatch")
class SubscriberDataView(View):
    """What newsletters keep of an address; nothing else, because readers pass newsletters on with their links."""

    http_method_names = ["post"]

    def post(self, request, token):
        subscription = leaving.named_by(CHOICE, token)
        if subscription is None:
            return bad_link(request, BadLink())
        if not may_get_data(email=subscription.email):
            return too_many_requests(request)
        data = data_of(
            Person(email=subscription.email), is_chosen=lambda key, _finding: key.startswith(_NEWSLETTERS)
        )
        return file_of(data, format=request.POST.get("format", ""))
