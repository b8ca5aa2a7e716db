"""Records of this room, as its tests need them."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from clusterportal.labels.domain.assessing import OwnView, assess
from clusterportal.labels.domain.label_status import fill_term
from clusterportal.labels.models import CriteriaSet, Criterion, Label


def make_set(slug: str = "eccp", *criteria: dict, **fields) -> CriteriaSet:
    """A list with the given criteria, each a dictionary with at least `code`."""
    made = CriteriaSet.objects.create(
        **{"slug": slug, "abbreviation": slug.upper(), "name_de": f"Liste {slug}", "issuer": "-"} | fields
    )
    for position, one in enumerate(criteria):
        text = {"text_de": one["code"].title(), "text_en": f"{one['code'].title()} (en)"}
        Criterion.objects.create(criteria_set=made, position=position, **text | {"kind": "computed"} | one)
    return made


def make_label(cluster, kind: str = "bronze", assessed_on: str = "2025-04-15", **fields) -> Label:
    """A label with the term that the rules give it."""
    label = Label(cluster=cluster, kind=kind, assessed_on=date.fromisoformat(assessed_on), **fields)
    fill_term(label)
    label.save()
    return label


def label_records(clusters, *, by) -> dict[str, list]:
    """An assessment with a proof, and a label, of each cluster: by the beginning of their addresses in the admin."""
    own = make_set("eccp", {"code": "kinds", "rule": "kinds"})

    def assessed(cluster):
        said = {"kinds": OwnView(files=(SimpleUploadedFile("a.txt", b"x"),))}
        return assess(cluster=cluster, criteria_set=own, by=by, own=said)

    return {
        "labels_criteriaassessment": [assessed(cluster) for cluster in clusters],
        "labels_label": [make_label(cluster) for cluster in clusters],
    }


def label_arguments(name: str, wanted: list[str], assessment) -> dict:
    """What an address below the assessments is made of."""
    if name.endswith(("_live", "_assess")):
        keys = {"pk": assessment.cluster_id, "set_pk": assessment.criteria_set_id}
        return {key: keys[key] for key in wanted}
    one = assessment.proofs.get() if name.endswith("_proof") else assessment
    return dict.fromkeys(wanted, one.pk)
