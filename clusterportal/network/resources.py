"""Cooperation projects as tables, each with its partners, areas and layers in cells of their own."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import widgets

from actors.columns.vocabulary import Vocabulary
from actors.enums import PartnerRole
from actors.list_resources import ActorWidget, SlugsWidget
from actors.models import Actor
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.clusters.rules import reaches_all_clusters
from clusterportal.core.languages import column_names
from clusterportal.history.resources import NamedResource, PartColumn, PartsWidget, RowResult
from clusterportal.network.models import CooperationProject, ProjectPartner
from clusterportal.tables.model_fields import fields_in_tables
from layers.models import Layer

TITLE = column_names("title")[0]
LINKS = {"areas": ApplicationArea, "layers": Layer}
_WRITTEN = (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE)


class PartnersWidget(PartsWidget):
    """Actors as relations name theirs; before the one who coordinates stands `coordinator:`."""

    def __init__(self, actors):
        super().__init__()
        self.named = ActorWidget(actors)
        self.known: set[str] = set()

    def read(self, cells: Iterable) -> None:
        """Finds in one query whom the cells of a table name by address."""
        said = {
            parted(item)[1] for cell in cells if isinstance(cell, str | list) for item in self.items(cell)
        }
        self.known = {*self.named.actors.filter(slug__in=said).values_list("slug", flat=True)}

    def clean(self, value, row=None, **kwargs) -> list[str]:
        """The addresses, the coordinator first; raises ValueError with a reason for people."""
        roles: dict[str, str] = {}
        for item in self.items(value):
            role, text = parted(item)
            slug = text if text in self.known else self.named.slugs[self.named.clean(text)]
            if roles.setdefault(slug, role) != role:
                raise ValueError(_("“%(value)s” is named twice.") % {"value": text})
        if [*roles.values()].count(PartnerRole.COORDINATOR) > 1:
            raise ValueError(_("A project has one coordinator."))
        return in_order((role, slug) for slug, role in roles.items())


class OwnClusterWidget(widgets.Widget):
    """One of the clusters that the person works with, by its address or name."""

    def __init__(self, clusters: Iterable[Cluster]):
        super().__init__()
        self.slugs = {cluster.pk: cluster.slug for cluster in clusters}
        self.vocabulary = Vocabulary()

    def clean(self, value, row=None, **kwargs) -> int:
        """The key of the cluster; raises ValueError with a reason for people."""
        meant = self.vocabulary.meant(Cluster, str(value or "").strip())
        for key, slug in self.slugs.items():
            if slug == meant:
                return key
        raise ValueError(_("“%(slug)s” is none of your clusters.") % {"slug": value or ""})

    def render(self, value, obj=None, **kwargs) -> str:
        return self.slugs.get(value, "")

    def is_same(self, value, current) -> bool:
        return value == current


class ProjectResource(NamedResource):
    """The projects of the clusters that the person works with; those of others are neither read nor written."""

    needed = (("slug", TITLE),)
    partners = PartColumn("partners", widgets.Widget(), gettext_lazy("Partners"))
    areas = PartColumn("areas", SlugsWidget(ApplicationArea), gettext_lazy("Application areas"))
    layers = PartColumn("layers", SlugsWidget(Layer), gettext_lazy("Layers"))

    class Meta:
        model = CooperationProject
        fields = [*fields_in_tables(CooperationProject), "partners", *LINKS]

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        clusters = Cluster.objects.all()
        seen, own = Actor.objects.all(), CooperationProject.objects.all()
        if self.by and not reaches_all_clusters(self.by):
            clusters, own = clusters.curated_by(self.by), own.curated_by(self.by)
            # Who is a partner already stays one, also where the person does not look after them.
            seen = Actor.objects.filter(
                Q(pk__in=Actor.objects.visible_to(self.by).values("pk"))
                | Q(pk__in=ProjectPartner.objects.filter(project__in=own).values("actor"))
            )
        self.own_projects = own
        self.fields["cluster"].widget = OwnClusterWidget(clusters)
        self.fields["partners"].widget = PartnersWidget(seen)

    def get_instance(self, instance_loader, row):
        """A title names a project where one alone has it; it never moves one to another cluster."""
        slug, cluster = self.meaning(row, "slug"), self.meaning(row, "cluster")
        title = "" if slug else str(self.meaning(row, TITLE) or "").casefold()
        named = self.by_title[title] if title else []
        meant = [project for project in named if cluster in (None, project.cluster_id)]
        if named and len(meant) != 1:
            text = _(
                "“%(title)s” is the title of another project, too: state its address in the column “slug”."
            )
            raise ValidationError({"slug": text % {"title": named[0].title}})
        return meant[0] if meant else super().get_instance(instance_loader, row)

    def subjects(self, instance, row):
        """Each cluster may have a new project of one title."""
        said = super().subjects(instance, row)
        return [
            (column, text, instance.cluster_id) if column == TITLE else (column, text)
            for column, text in said
        ]

    def get_queryset(self):
        # Their locks are those of the projects alone.
        return self.own_projects.order_by("pk").prefetch_related("partnerships__actor", *LINKS)

    def read_records(self, records) -> None:
        super().read_records(records)
        self.by_title = defaultdict(list)
        for record in self.by_slug.values():
            self.by_title[getattr(record, TITLE).casefold()].append(record)
            record.said = parts_of(record)
        self.slugs = {*CooperationProject.objects.values_list("slug", flat=True)}  # also of others

    def after_init_instance(self, instance, new, row, **kwargs):
        if new:
            instance.said = {}

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.fields["partners"].widget.read(dataset["partners"] if "partners" in dataset.headers else [])

    def before_import_row(self, row, **kwargs):
        super().before_import_row(row, **kwargs)
        self.is_trial = kwargs["dry_run"]

    def import_instance(self, instance, row, **kwargs):
        """A new project of somebody with one cluster is of that cluster."""
        own = [*self.fields["cluster"].widget.slugs]
        if instance._state.adding and len(own) == 1:
            instance.cluster_id = own[0]
        super().import_instance(instance, row, **kwargs)

    def after_import(self, dataset, result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        rows = [row for row in result.rows if row.import_type in _WRITTEN and row.instance]
        if rows and not self.is_trial:
            for name in LINKS:
                self._write_links(name, [row.instance for row in rows if name in row.changes])
            self._write_partners([row.instance for row in rows if "partners" in row.changes])

    def _write_links(self, name: str, projects: list) -> None:
        links = getattr(CooperationProject, name)
        model, ends = links.through, (links.field.m2m_column_name(), links.field.m2m_reverse_name())
        keys = self.fields[name].widget.vocabulary.slugs(LINKS[name])
        wanted = {(project.pk, keys[slug]) for project in projects for slug in project.said[name]}
        rows = model.objects.filter(cooperationproject__in=projects).values_list("pk", *ends)
        present = {(project, other): pk for pk, project, other in rows}
        model.objects.filter(pk__in=[pk for pair, pk in present.items() if pair not in wanted]).delete()
        model.objects.bulk_create(
            model(**dict(zip(ends, pair, strict=True))) for pair in wanted - present.keys()
        )

    def _write_partners(self, projects: list) -> None:
        """Who goes is deleted first, so that a new coordinator finds the place free."""
        said = {item for project in projects for item in project.said["partners"]}
        slugs = {parted(item)[1] for item in said}
        keys = dict(Actor.objects.filter(slug__in=slugs).values_list("slug", "pk"))
        wanted = {
            (project.pk, keys[slug]): role
            for project in projects
            for role, slug in map(parted, project.said["partners"])
            if slug in keys
        }
        present = {
            (one.project_id, one.actor_id): one for one in ProjectPartner.objects.filter(project__in=projects)
        }
        gone = [one.pk for place, one in present.items() if wanted.get(place) != one.role]
        ProjectPartner.objects.filter(pk__in=gone).delete()
        ProjectPartner.objects.bulk_create(
            ProjectPartner(project_id=project, actor_id=actor, role=role)
            for (project, actor), role in wanted.items()
            if (project, actor) not in present or present[project, actor].role != role
        )


def parts_of(project: CooperationProject) -> dict[str, list[str]]:
    """What the registry holds in the columns of parts."""
    partners = in_order((one.role, one.actor.slug) for one in project.partnerships.all())
    links = {name: sorted(one.slug for one in getattr(project, name).all()) for name in LINKS}
    return {"partners": partners, **links}


def in_order(partners: Iterable[tuple[str, str]]) -> list[str]:
    """Roles and addresses as the items of a cell, the coordinator first."""
    return [slug if role == PartnerRole.PARTNER else f"{role}:{slug}" for role, slug in sorted(partners)]


def parted(item: str) -> tuple[str, str]:
    """The role and the actor of an item: `coordinator:dfki` -> `("coordinator", "dfki")`."""
    role, colon, text = item.partition(":")
    if colon and role.strip().lower() in PartnerRole.values:
        return role.strip().lower(), text.strip()
    return PartnerRole.PARTNER.value, item
