"""Who may import what."""

from actors.rules import can_import, is_staff
from clusterportal.imports.enums import ImportNoun

# The lists that are imported as plain records.
MODELS = {
    ImportNoun.RELATIONS: "actors.actorrelation",
    ImportNoun.TOPICS: "actors.topic",
    ImportNoun.LAYERS: "layers.layer",
    ImportNoun.AREAS: "applications.applicationarea",
    ImportNoun.CLUSTERS: "clusters.cluster",
    ImportNoun.REGIONS: "clusters.region",
    ImportNoun.PROJECTS: "network.cooperationproject",
}


def may_import(user, noun: str) -> bool:
    """Actors and their relations need the right to import; plain lists, the rights to add and change by hand."""
    if noun in (ImportNoun.ACTORS, ImportNoun.RELATIONS) and not can_import(user):
        return False
    if noun == ImportNoun.ACTORS:
        return True
    app, model = MODELS[ImportNoun(noun)].split(".")
    return is_staff(user) and user.has_perms([f"{app}.add_{model}", f"{app}.change_{model}"])


def may_change_profile(user, profile) -> bool:
    """Whether the person may rename, share or delete a saved mapping: their own; administrators every one."""
    return may_import(user, profile.noun) and (user.is_superuser or profile.by_id == user.pk)


def noun_of(model) -> str:
    """What an import calls the records of `model`; empty where there is none."""
    label = model._meta.label_lower
    known = {name: noun.value for noun, name in MODELS.items()} | {"actors.actor": ImportNoun.ACTORS.value}
    return known.get(label, "")


def nouns_of(user) -> list[str]:
    """Everything that the person may import, actors first."""
    return [noun.value for noun in ImportNoun if may_import(user, noun)]
