"""Indicators of the chain and their values, as tests need them."""

from datetime import date

from clusterportal.kpis.models import Kpi, KpiValue

TODAY = date(2026, 11, 26)


def make_kpi(cluster, code="new-jobs", **fields) -> Kpi:
    said = {"name_de": code.title(), "stage": "impact", "frequency": "yearly", "method_de": "Umfrage."}
    return Kpi.objects.create(cluster=cluster, code=code, **said | fields)


def put(kpi, year: int, value=None, reason="", **fields) -> KpiValue:
    start, until = date(year, 1, 1), date(year + 1, 1, 1)
    return KpiValue.objects.create(
        kpi=kpi, starts_on=start, until=until, value=value, reason=reason, **fields
    )
