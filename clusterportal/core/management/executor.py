"""Migrations that leave models as they are where an operation does not change them: most of the time of a first start.

While it migrates, Django keeps a class for every model. For each operation it makes the classes anew of all models
that are related to the one concerned, however far: with hundreds of models, most of what an empty database costs.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState, StateApps
from django.db.models import Field
from pgtrigger.migrations import AddTrigger, RemoveTrigger

LOCK_TIMEOUT = 1000  # milliseconds; 0: any time


class PortalExecutor(MigrationExecutor):
    def migrate(self, targets, plan=None, state=None, fake=False, fake_initial=False):
        if plan and state:
            # Its classes, made when first needed, are its own.
            state = FrugalState(state.models, state.real_apps)
        return super().migrate(targets, plan, state, fake, fake_initial)

    def apply_migration(self, state, migration, fake=False, fake_initial=False):
        """One migration. Raises OperationalError when a table was not free for LOCK_TIMEOUT.

        Whoever waits for a table holds up all who come after, readers too: so nobody waits long. What works outside of
        a transaction, such as an index built beside the readers, holds up nobody and may wait.
        """
        timeout = str(LOCK_TIMEOUT if migration.atomic else 0)
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [timeout])
        try:
            return super().apply_migration(state, migration, fake, fake_initial)
        finally:
            with suppress(Error), self.connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")


class FrugalState(ProjectState):
    """Models as they become step by step; new models, columns, indexes and constraints join the classes there are.

    That is also what readers wait for: a table is held from the first operation on it until the migration ends.

    A new class or column finds those that it refers to, and they learn of it, as when any program loads its models.
    Django makes them anew for the sake of the state before the operation, of which these ask nothing but the
    name of the table. Copies of a state are Django's own: they share classes with it, so they keep to Django's way.
    """

    def add_model(self, model_state):
        with self._classes_kept() as classes:
            super().add_model(model_state)
            if classes:
                classes.render_multiple([model_state])

    def add_field(self, app_label, model_name, name, field, preserve_default):
        if field.many_to_many:  # has a model of its own
            super().add_field(app_label, model_name, name, field, preserve_default)
            return
        with self._classes_kept() as classes:
            super().add_field(app_label, model_name, name, field, preserve_default)
            if classes:
                stored = self.models[app_label, model_name].fields[name]
                stored.clone().contribute_to_class(classes.get_model(app_label, model_name), name)

    def add_index(self, app_label, model_name, index):
        with self._classes_kept() as classes:
            super().add_index(app_label, model_name, index)
            if classes:
                meta = classes.get_model(app_label, model_name)._meta
                meta.indexes = [*meta.indexes, index]

    def add_constraint(self, app_label, model_name, constraint):
        with self._classes_kept() as classes:
            super().add_constraint(app_label, model_name, constraint)
            if classes:
                meta = classes.get_model(app_label, model_name)._meta
                meta.constraints = [*meta.constraints, constraint]

    def remove_constraint(self, app_label, model_name, constraint_name):
        with self._classes_kept() as classes:
            super().remove_constraint(app_label, model_name, constraint_name)
            if classes:
                meta = classes.get_model(app_label, model_name)._meta
                meta.constraints = [one for one in meta.constraints if one.name != constraint_name]

    def alter_field(self, app_label, model_name, name, field, preserve_default):
        """Where the column stays as it is, new choices or another help text concern no class."""
        if _column_of(self.models[app_label, model_name].fields[name]) == _column_of(field):
            with self._classes_kept():
                super().alter_field(app_label, model_name, name, field, preserve_default)
        else:
            super().alter_field(app_label, model_name, name, field, preserve_default)

    @contextmanager
    def _classes_kept(self) -> Iterator[StateApps | None]:
        """The classes, if made yet, out of Django's sight: it then changes nothing but the descriptions of models."""
        classes = vars(self).pop("apps", None)
        yield classes
        if classes:
            vars(self)["apps"] = classes
            # Django then makes all classes anew before Python code of a migration uses them.
            self.is_delayed = True


def _column_of(field: Field) -> tuple:
    """What of a field stands in the database, as Django's schema editor compares it."""
    _name, path, arguments, said = field.deconstruct()
    stored = {name: value for name, value in said.items() if name not in field.non_db_attrs}
    return path, arguments, stored, field.db_column


def remember_trigger(operation: AddTrigger, app_label: str, state: ProjectState) -> None:
    """What pgtrigger's own method does, but for the classes: a trigger changes no column. There are hundreds."""
    options = state.models[app_label, operation.model_name].options
    options["triggers"] = [*options.get("triggers", []), operation.trigger]


def forget_trigger(operation: RemoveTrigger, app_label: str, state: ProjectState) -> None:
    """The same for a trigger that goes."""
    options = state.models[app_label, operation.model_name].options
    options["triggers"] = [
        trigger for trigger in options.get("triggers", []) if trigger.name != operation.name
    ]
