"""Relations with review: what an editor states of a published actor becomes a proposal about the actor it begins at."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils.translation import gettext as _

from actors.admin.relation import ActorRelationAdmin, RelationForm
from actors.domain.relations import is_public
from actors.models import Actor, ActorRelation
from actors.rules import can_publish, reaches
from clusterportal.core.sent_numbers import sent_number
from clusterportal.review.domain.actor_columns import record_of
from clusterportal.review.domain.proposing import suggest
from clusterportal.review.domain.rehearsal import Rehearsed, rehearse


def goes_to_review(user, source: Actor, target: Actor) -> bool:
    return is_public(source, target) and not can_publish(user)


@admin.register(ActorRelation)
class ReviewedRelationAdmin(ActorRelationAdmin):
    def may_write(self, user, relation) -> bool:
        return super().may_write(user, relation) or reaches(user, relation.source)

    def get_readonly_fields(self, request, obj=None):
        """A proposal is about one actor, so that a public relation keeps the one it begins at."""
        fields = super().get_readonly_fields(request, obj)
        is_proposing = obj is not None and goes_to_review(request.user, obj.source, obj.target)
        return [*fields, "source"] if is_proposing else fields

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        relation = self.get_object(request, object_id) if object_id else None
        source, target = self._ends(request, relation)
        is_proposing = bool(source and target and goes_to_review(request.user, source, target))
        context = (extra_context or {}) | {"is_proposing": is_proposing}
        if request.method == "POST" and source and is_proposing and reaches(request.user, source):
            return self._propose(
                request, source, lambda form: form.changeform_view(request, object_id, form_url, context)
            )
        return super().changeform_view(request, object_id, form_url, context)

    def delete_view(self, request, object_id, extra_context=None):
        relation = self.get_object(request, object_id)
        if (
            request.method == "POST"
            and relation is not None
            and goes_to_review(request.user, relation.source, relation.target)
            and self.has_delete_permission(request, relation)
        ):
            return self._propose(request, relation.source, lambda form: form.delete_view(request, object_id))
        return super().delete_view(request, object_id, extra_context)

    @staticmethod
    def _ends(request, relation: ActorRelation | None) -> tuple[Actor | None, Actor | None]:
        """The actors at both ends, as the form sends them or else as they are."""
        if relation is not None and is_public(relation.source, relation.target):
            return relation.source, relation.target
        chosen = []
        for name in ("source", "target"):
            key = sent_number(request.POST.get(name))
            known = getattr(relation, name, None)
            chosen.append(known if key is None else Actor.objects.filter(pk=key).first())
        return chosen[0], chosen[1]

    @transaction.atomic
    def _propose(self, request, source: Actor, save):
        """Rehearse what `save` does, and propose what it would have changed of `source`."""
        before = record_of(source)
        rehearsal = RehearsedRelationAdmin(self.model, self.admin_site)
        rehearsal.about = source
        record, refusal = rehearse(lambda: save(rehearsal))
        if record is None:
            return refusal  # the page with its mistakes
        if suggest(actor=source, before=before, after=record, by=request.user):
            text = _("Your change of “%(actor)s” waits for review. Until then the published version stays.")
            messages.success(request, text % {"actor": source})
        else:
            messages.info(request, _("Nothing was changed."))
        return self.back(request) or self.response_post_save_change(request, source)


class RehearsedRelationForm(RelationForm):
    def objection(self, source: Actor, target: Actor) -> str:
        """None where the relation begins at an actor of one's own: it is not stated, but proposed."""
        return "" if reaches(self.user, source) else super().objection(source, target)


class RehearsedRelationAdmin(ReviewedRelationAdmin):
    """The same pages for what is only rehearsed; in no registry, made for one request."""

    form = RehearsedRelationForm
    about: Actor  # whose record is looked at when everything is written

    def changeform_view(self, *args, **kwargs):
        return ActorRelationAdmin.changeform_view(self, *args, **kwargs)  # without proposing once more

    def delete_view(self, *args, **kwargs):
        return ActorRelationAdmin.delete_view(self, *args, **kwargs)

    def response_add(self, request, obj, *args, **kwargs):
        raise Rehearsed(record_of(self.about))

    def response_change(self, request, obj):
        raise Rehearsed(record_of(self.about))

    def response_delete(self, request, obj_display, obj_id):
        raise Rehearsed(record_of(self.about))
