"""The endpoints to which partners write."""

import re
import uuid
from collections.abc import Callable
from typing import Any, cast

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny

from actors.api.viewsets import ActorViewSet
from clusterportal.api.writing import documentation
from clusterportal.api.writing.bulk import MOST_RECORDS, write_many
from clusterportal.api.writing.changing import change
from clusterportal.api.writing.documentation import MERGE_PATCH
from clusterportal.api.writing.preconditions import expected_version
from clusterportal.api.writing.reach import Reach
from clusterportal.api.writing.submitting import LONGEST_MESSAGE, as_json, own_proposal, submit
from clusterportal.core.api.bodies import JSON, BodyView, checked_members, read_json
from clusterportal.core.api.problems import InvalidParameters, InvalidRecord, Refused
from clusterportal.core.api.views import Parameters
from clusterportal.intake.plan import Probable
from clusterportal.partners.api.authentication import HasScope
from clusterportal.partners.domain.idempotency import (
    LONGEST_TOKEN,
    OtherRequest,
    StillRunning,
    StoredAnswer,
    answer_once,
    request_digest,
)
from clusterportal.partners.enums import WRITE, Scope
from clusterportal.partners.models import ApiKey

_TOKEN = re.compile(
    r'"([ -~]+)"|([!#-~]+)'
)  # a string of structured fields (RFC 9651), or the same without quotes


class WritingView(BodyView):
    """An endpoint that writes. What is sent again with the same `Idempotency-Key` is done once."""

    needs_token = False  # whether each request has to bring an Idempotency-Key

    def check_permissions(self, request):
        """Nobody needs a key to be told that the address does not answer this method."""
        if request.method in self.allowed_methods:
            super().check_permissions(request)

    def answered(self, answer: Callable[[Any], StoredAnswer]) -> HttpResponse:
        """The answer to the JSON of the request; one that was given before, where this is the same request."""
        token = self._token()
        body = self.body_in(MERGE_PATCH if self.request.content_type == MERGE_PATCH else JSON)
        data = read_json(body)
        done = self._once(token, body, lambda: answer(data)) if token else answer(data)
        response = HttpResponse(done.body, status=done.status, content_type=JSON, headers=done.headers)
        if done.is_replayed:
            response.headers["Idempotent-Replayed"] = "true"
        return response

    def _token(self) -> str | None:
        header = self.request.headers.get("Idempotency-Key")
        if header is None and not self.needs_token:
            return None
        found = _TOKEN.fullmatch((header or "").strip())
        if header is None:
            text = _(
                "Send a name of your own for this request, such as a UUID, so that sending it again does nothing twice."
            )
        elif found is None or len(found[0]) > LONGEST_TOKEN:
            text = _("Send up to %(most)s characters of ASCII.") % {"most": LONGEST_TOKEN}
        else:
            return found[1] or found[2]
        raise InvalidParameters({"Idempotency-Key": [text]})

    def _once(self, token: str, body: bytes, answer: Callable[[], StoredAnswer]) -> StoredAnswer:
        request = self.request
        digest = request_digest(method=request.method or "", path=request.get_full_path(), body=body)
        try:
            return answer_once(key=self.key, token=token, request=digest, answer=answer)
        except OtherRequest:
            raise Refused(
                422,
                _("This Idempotency-Key was used for another request. Send this one with one of its own."),
            ) from None
        except StillRunning:
            raise Refused(
                409,
                _("The first request with this Idempotency-Key is still running. Ask again a little later."),
            ) from None

    @property
    def key(self) -> ApiKey:
        """The key that the permissions have asked for."""
        return cast(ApiKey, self.request.auth)

    @property
    def text_language(self) -> str | None:
        """The language of texts that name none."""
        return None if self.language.is_every else self.language.code


def _answer(status: int, value: Any, **headers: str) -> StoredAnswer:
    return StoredAnswer(status, orjson.dumps(value), headers)


@documentation.of_an_actor
class WritableActorViewSet(WritingView, ActorViewSet):
    """One actor: read by everybody, written by who may write one of its clusters."""

    http_method_names = ["get", "head", "patch", "put", "options"]
    about = ActorViewSet.about | {
        "partial_update": gettext_lazy("Change an actor"),
        "update": gettext_lazy("Replace the record of an actor"),
    }

    def get_permissions(self):
        is_read = self.action in (None, "list", "retrieve", "metadata")
        return [AllowAny() if is_read else HasScope(WRITE)()]

    def get_renderers(self):
        return super().get_renderers() if self._is_read else [one() for one in self.renderer_classes]

    def own_parameters(self) -> Parameters:
        return super().own_parameters() if self._is_read else []

    @property
    def _is_read(self) -> bool:
        return self.action not in ("update", "partial_update")

    def partial_update(self, request, slug, **kwargs):
        """A JSON merge patch (RFC 7396): what is named changes, null empties, a list is replaced as a whole."""
        return self._written(slug, is_whole=False)

    def update(self, request, slug, **kwargs):
        """The whole record: what is not named is emptied, but for address, publication and memberships."""
        return self._written(slug, is_whole=True)

    def _written(self, slug: str, *, is_whole: bool) -> HttpResponse:
        expected = expected_version(self.request.headers.get("If-Match"))

        def write(data: Any) -> StoredAnswer:
            record = change(
                slug,
                data,
                reach=Reach(self.key),
                expected=expected,
                language=self.text_language,
                is_whole=is_whole,
                addresses=self.addresses,
            )
            return _answer(200, record, ETag=f'"{record["version"]}"')

        return self.answered(write)


@documentation.of_bulk
class BulkView(WritingView):
    about = gettext_lazy("Write up to 500 records, each with its own result")
    tag = "writing"
    needs_token = True
    largest_body = 8 * 1024 * 1024
    permission_classes = [HasScope(WRITE)]

    def post(self, request):
        return self.answered(self._write)

    def _write(self, data: Any) -> StoredAnswer:
        members = checked_members(data, ("records", "cluster", "atomic", "possible"), required=["records"])
        records, reach = members["records"], Reach(self.key)
        cluster, possible = members.get("cluster"), members.get("possible", "skip")
        errors = {}
        if not isinstance(records, list) or not 1 <= len(records) <= MOST_RECORDS:
            errors["records"] = [_("Send a list of 1 to %(most)s records.") % {"most": MOST_RECORDS}]
        if cluster is not None and cluster not in reach.clusters:
            names = {"names": ", ".join(reach.clusters)}
            errors["cluster"] = [_("You may not write for this cluster. You may for: %(names)s.") % names]
        if not isinstance(members.get("atomic", False), bool):
            errors["atomic"] = [_("Send true or false.")]
        if possible not in ("skip", "new"):
            errors["possible"] = [_("Send “skip” or “new”.")]
        if errors:
            raise InvalidRecord(errors)
        results = write_many(
            records,
            reach=reach,
            cluster=cluster,
            language=self.text_language,
            is_atomic=members.get("atomic", False),
            probable=Probable.NEW if possible == "new" else Probable.ASK,
        )
        return _answer(200, {"results": results})


@documentation.of_submissions
class SubmissionsView(WritingView):
    about = gettext_lazy("Propose a new entry, or changes of one")
    tag = "writing"
    needs_token = True
    permission_classes = [HasScope(Scope.PROPOSE)]

    def post(self, request):
        return self.answered(self._submit)

    def _submit(self, data: Any) -> StoredAnswer:
        members = checked_members(data, ("actor", "record", "cluster", "message"), required=["record"])
        texts = {name: members.get(name) or "" for name in ("actor", "cluster", "message")}
        errors = {name: [_("Send a text.")] for name, text in texts.items() if not isinstance(text, str)}
        if not errors and len(texts["message"]) > LONGEST_MESSAGE:
            errors["message"] = [_("At most %(most)s characters are taken.") % {"most": LONGEST_MESSAGE}]
        if errors:
            raise InvalidRecord(errors)
        proposal = submit(
            members["record"],
            actor_key=texts["actor"],
            cluster=texts["cluster"],
            message=texts["message"],
            key=self.key,
            language=self.language.spoken,
        )
        address = self.addresses.of("api:submission-detail", str(proposal.uid))
        return _answer(201, as_json(proposal), Location=address)


@documentation.of_a_submission
class SubmissionView(BodyView):
    about = gettext_lazy("What became of a proposal of one's own")
    tag = "writing"
    http_method_names = ["get", "head", "options"]
    permission_classes = [HasScope(Scope.PROPOSE)]

    def get(self, request, slug):
        try:
            uid = uuid.UUID(slug)
        except ValueError:
            raise NotFound from None
        proposal = own_proposal(uid, key=request.auth)
        return HttpResponse(orjson.dumps(as_json(proposal)), content_type=JSON)
