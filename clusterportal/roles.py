"""What each role may do, as permissions; administrators may do everything.

Which actors a manager or an editor works with, says the team of the cluster (`actors/rules.py`).
"""

_PARTS = (
    "layerplacement", "applicationfocus", "membership", "actortopic", "service", "identifier", "actoralias",
    "actorrelation",
)  # fmt: skip
_WORDS = ("actors.topicsynonym", "actors.topiclink", "applications.areasynonym")
_MODEL = (
    "layers.layer",
    "applications.applicationarea",
    "clusters.cluster",
    "clusters.region",
    "actors.topic",
    *_WORDS,
)


def _may(*verbs: str, on: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        f"{app}.{verb}_{model}" for app, model in (name.split(".") for name in on) for verb in verbs
    )


_ACTOR = ("actors.actor", *(f"actors.{part}" for part in _PARTS))
_QUALITY = ("quality.duplicatepair", "quality.linkcheck", "quality.reminder")
_CONTACTS = ("actors.contactperson",)
_NOTES = ("teamwork.note", "teamwork.attachment")

_MEETINGS = tuple(
    f"matchmaking.{model}"
    for model in ("programme", "event", "slot", "participation", "representative", "wish")
)
# What a cluster's management keeps: managers of the cluster write it, editors read it.
_PLANS = (
    *("actionplan", "planowner", "planarea", "swotentry", "action", "actionlayer", "actionarea"),
    *("participant", "milestone", "gapdecision"),
)
_NETWORK = ("cooperationproject", "projectpartner", "projectarea", "projectlayer")
_MANAGEMENT: tuple[str, ...] = (
    "clusters.release",
    *(f"network.{part}" for part in _NETWORK),
    "lifecycle.assessment",
    "lifecycle.measurement",
    *(f"plans.{part}" for part in _PLANS),
    "finance.budget",
    "finance.budgetline",
    "finance.pathpoint",
    "kpis.kpi",
    "kpis.kpitarget",
    "kpis.kpivalue",
    *_MEETINGS,
    "labels.setchoice",
    "labels.label",
)
_ASSESSMENTS = ("labels.criteriaassessment", "labels.proof")  # never change: a new one is made
# Contributions: managers publish, editors draft, viewers read (`newsroom/rules.py`).
_NEWS = tuple(
    f"newsroom.{model}"
    for model in (
        "contribution",
        "link",
        "file",
        "contributionactor",
        "contributioncluster",
        "contributionarea",
    )
)
_SEARCHES = ("partnering.partnersearch",)  # as of their actors: `partnering/rules.py`
_CRITERIA = ("labels.criteriaset", "labels.criterion")

_LETTERS = ("newsletters.mailinglist", "newsletters.issue")  # editors draft issues, managers send them

_VIEWER = _may("view", on=(*_ACTOR, *_MODEL, *_NEWS, *_SEARCHES)) | {
    "actors.reach_all_actors",
    "actors.export_actor",
}
_EDITOR = (
    _may("view", on=_MODEL)
    | _may("view", "add", "change", on=("actors.actor", "actors.topic"))
    | _may("view", "add", "change", "delete", on=(*_ACTOR[1:], *_CONTACTS, *_WORDS[:2]))
    | {"actors.view_contacts", "actors.import_actor", "actors.export_actor"}
    | _may("view", "add", "change", "delete", on=_NOTES)
    | _may("view", "add", "change", on=(*_NEWS[:1], *_SEARCHES))
    | _may("view", "add", "change", "delete", on=_NEWS[1:])
    | _may("view", on=_LETTERS)
    | _may("add", "change", on=_LETTERS[1:])
    | _may("view", on=("review.proposal", *_QUALITY, *_MANAGEMENT, *_ASSESSMENTS, *_CRITERIA))
)
_MANAGER = (
    _EDITOR
    | _may("delete", on=("actors.actor",))
    | _may("change", on=("clusters.cluster",))
    | _may("view", on=("review.representation", "quality.merge", "actors.termmerge"))
    | _may("view", on=("enquiries.enquiry", "partners.partner", "partners.apikey"))
    | _may("view", "add", on=("teamwork.letter",))
    | _may("view", "add", "change", "delete", on=_MANAGEMENT)
    | _may("view", "add", on=_ASSESSMENTS)
    | _may("delete", on=(*_NEWS[:1], *_SEARCHES))
    | _may("view", "add", "change", "delete", on=_LETTERS)
    | _may("view", "change", on=("newsletters.subscription",))
    | {"newsletters.send_issue"}
    | {"actors.publish_actor", "actors.merge_actor", "newsroom.publish_contribution"}
)

ROLES: dict[str, frozenset[str]] = {"manager": _MANAGER, "editor": _EDITOR, "viewer": _VIEWER}
