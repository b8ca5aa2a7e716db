"""From rows to a plan. Writes nothing.

`planner` takes the rows through the steps, a thousand at a time: `normalising`, `postal` and `item_cells` read each row
by itself, `matching` and `similar_actors` find out which actor it means, `actor_changes`, `part_changes` and
`relation_changes` compare it with what the registry holds. `rights` says what the acting person may write.
"""

from clusterportal.intake.planning.planner import make_plan

__all__ = ["make_plan"]
