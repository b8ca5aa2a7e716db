"""A year's budget in the admin: entered on one page, summed as one types, taken from and written as a table."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from clusterportal.finance.domain.table import amount_of
from clusterportal.finance.models import Budget, BudgetLine
from tests.factories import make_cluster, make_person

pytestmark = pytest.mark.django_db

HEAD = "cluster,year,currency,source,publicly_funded,plan,actual,evidence\n"


@pytest.fixture
def own():
    return make_cluster("own")


@pytest.fixture
def manager(client, own):
    client.force_login(make_person("manager", clusters=[own]))
    return client


def rows(*amounts) -> dict:
    """The form of a new year with (plan, actual) of its five rows."""
    sources = ("public_funding", "membership_fees", "services", "projects", "projects")
    sent = {"lines-TOTAL_FORMS": "5", "lines-INITIAL_FORMS": "0"}
    for number, (source, (plan, actual)) in enumerate(zip(sources, amounts, strict=True)):
        sent |= {
            f"lines-{number}-source": source,
            f"lines-{number}-plan": plan,
            f"lines-{number}-actual": actual,
        }
    return sent | {"lines-4-is_publicly_funded": "on"}


AMOUNTS = rows(("120000", "124800"), ("38000", "38400"), ("36000", "33600"), ("46000", "43200"), ("", ""))


def test_a_year_is_entered_on_one_page(manager, own):
    page = manager.get(reverse("admin:finance_budget_add"))
    inline = page.context["inline_admin_formsets"][0].formset
    assert [(form["source"].value(), form["is_publicly_funded"].value()) for form in inline.extra_forms] == [
        ("public_funding", False),
        ("membership_fees", False),
        ("services", False),
        ("projects", False),
        ("projects", True),
    ]
    sent = {"cluster": own.pk, "year": 2026, "currency": "EUR"} | AMOUNTS
    assert manager.post(reverse("admin:finance_budget_add"), sent).status_code == 302
    budget = Budget.objects.get()
    assert list(budget.lines.order_by("-actual").values_list("source", "plan", "actual")) == [
        ("public_funding", 120_000, 124_800),
        ("projects", 46_000, 43_200),
        ("membership_fees", 38_000, 38_400),
        ("services", 36_000, 33_600),
    ]
    page = manager.get(reverse("admin:finance_budget_change", args=[budget.pk]))
    assert [(one.label, one.total, one.shares) for one in page.context["totals"]] == [
        ("Plan", "240.000\u00a0€", "eigen 50\u00a0%, öffentlich 50\u00a0%"),
        ("Ist", "240.000\u00a0€", "eigen 48\u00a0%, öffentlich 52\u00a0%"),
    ]


def test_a_year_in_a_currency_that_is_none_is_refused(manager, own):
    sent = {"cluster": own.pk, "year": 2026, "currency": "XYZ"} | AMOUNTS
    page = manager.post(reverse("admin:finance_budget_add"), sent)
    assert page.context["adminform"].form.errors == {
        "currency": ["„XYZ“ ist kein Kürzel nach ISO 4217; Euro ist EUR."]
    }


def test_sums_follow_what_is_typed_and_nothing_is_saved(manager):
    typed = rows(("", "50.4"), ("", "x"), ("10", "49.6"), ("", ""), ("", "")) | {"currency": "EUR"}
    found = manager.post(reverse("admin:finance_budget_totals"), typed).context["totals"]
    assert [(one.own, one.public, one.total, one.shares) for one in found] == [
        ("10\u00a0€", "0\u00a0€", "10\u00a0€", "eigen 100\u00a0%, öffentlich 0\u00a0%"),
        (
            "50\u00a0€",
            "50\u00a0€",
            "100\u00a0€",
            "eigen 50\u00a0%, öffentlich 50\u00a0%; die Hälfte ist noch nicht erreicht",
        ),
    ]
    assert not Budget.objects.exists()


def take(client, text: str, encoding: str = "utf-8"):
    file = SimpleUploadedFile("haushalt.csv", text.encode(encoding))
    return client.post(reverse("admin:finance_budget_import"), {"file": file})


def test_a_table_goes_out_and_in_again(manager, own, make_budget):
    make_budget(own, 2026, plan=(120, 38, None, 46), actual=(124.8, None, 33.6, -1))
    make_budget(make_cluster("other"), 2026, plan=(1, 1, 1, 1))
    before = list(BudgetLine.objects.order_by("pk").values())
    text = b"".join(manager.get(reverse("admin:finance_budget_export")).streaming_content).decode()
    assert text.splitlines()[1] == "own,2026,EUR,membership_fees,0,38000.00,,"
    assert len(text.splitlines()) == 5
    assert take(manager, text).status_code == 302
    assert list(BudgetLine.objects.order_by("pk").values()) == before
    Budget.objects.filter(cluster=own).delete()
    assert take(manager, text.replace(",", ";")).status_code == 302
    again = b"".join(manager.get(reverse("admin:finance_budget_export")).streaming_content).decode()
    assert again == text


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("other,2026,EUR,services,0,1,,", "„other“ ist keiner Ihrer Cluster."),
        ("own,2026,EUR,lottery,0,1,,", "„lottery“ ist keine Quelle."),
        ("own,26,EUR,services,0,1,,", "„26“ ist kein Jahr."),
        ("own,2026,CHF,services,0,1,,", "2026 wird in EUR geführt, die Zeile nennt CHF"),
        ("own,2026,EUR,projects,0,1,,", "zweimal in der Tabelle"),
        ("own,2026,EUR,services,0,1.234,,", "lässt sich auf zwei Arten lesen"),
        ("own,2026,EUR,services,0,,,", "Tragen Sie einen Plan"),
        ("own,2026,EUR,services,1,1,,", "Nur Projekte"),
        ("own,2026,EUR,services,0,-1,,", "kann nicht negativ sein"),
    ],
)
def test_one_wrong_row_and_nothing_is_written(manager, own, row, reason):
    make_cluster("other")
    page = take(manager, f"{HEAD}own,2026,EUR,projects,0,1,,\n{row}\n")
    assert page.status_code == 400
    ((number, said),) = page.context["problems"]
    assert number == 3
    assert reason in said
    assert not Budget.objects.exists()


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("", None),
        ("1234", Decimal(1234)),
        ("1.234,50\u00a0€", Decimal("1234.50")),
        ("1,234.5", Decimal("1234.5")),
        ("1.234.567", Decimal(1234567)),
        ("−12,5", Decimal("-12.5")),
    ],
)
def test_amounts_are_read_as_people_write_them(cell, amount):
    assert amount_of(cell) == amount


@pytest.mark.parametrize(
    ("language", "typed", "shown"),
    [
        ("de", ("38.400", "−1.234.567,5"), ("38.400,00", "-1.234.567,50")),
        ("en", ("38,400", "1,234.5"), ("38,400.00", "1,234.50")),
        ("de", ("38,400", "1,2,"), None),  # the first may be either, the second is none
    ],
)
def test_amounts_are_entered_as_they_stand_in_accounts(manager, own, language, typed, shown):
    manager.cookies["django_language"] = language
    sent = {"cluster": own.pk, "year": 2026, "currency": "EUR"} | rows(*[typed], *[("", "")] * 4)
    page = manager.post(reverse("admin:finance_budget_add"), sent)
    if shown is None:
        (line, *_rest) = page.context["inline_admin_formsets"][0].formset.forms
        assert (list(line.errors), line["plan"].value()) == (
            ["plan", "actual"],
            typed[0],
        )  # nothing typed is lost
        return
    page = manager.get(reverse("admin:finance_budget_change", args=[Budget.objects.get().pk]))
    (line, *_rest) = page.context["inline_admin_formsets"][0].formset.forms
    assert (line["plan"].value(), line["actual"].value()) == shown


def test_a_table_with_the_line_ends_of_a_mac_is_taken(manager, own):
    text = (HEAD + 'own,2026,EUR,services,0,1,2,"a\nb"\n').replace("\n", "\r")
    assert take(manager, text).status_code == 302
    assert BudgetLine.objects.get().actual == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_table_in_any_usual_encoding_is_taken(manager, own, encoding):
    assert take(manager, HEAD + "own,2026,EUR,services,0,1,2,Bücher\n", encoding).status_code == 302
    assert BudgetLine.objects.get().evidence == "Bücher"


def test_a_workbook_is_taken(manager, own):
    rows = [["own", 2026, "EUR", "services", 0, 33600, 33600.5, "Bücher"]]
    book, file = Workbook(), io.BytesIO()
    for row in (HEAD.strip().split(","), *rows):
        book.active.append(row)
    book.save(file)
    file = SimpleUploadedFile("haushalt.xlsx", file.getvalue())
    assert manager.post(reverse("admin:finance_budget_import"), {"file": file}).status_code == 302
    line = BudgetLine.objects.get()
    assert (line.plan, line.actual, line.evidence) == (33600, Decimal("33600.5"), "Bücher")


@pytest.mark.parametrize(
    ("text", "row", "reason"),
    [
        (HEAD + "own,2026,EUR,services,0,1,2," + "x" * 140_000, 2, "länger als 100.000 Zeichen"),
        (HEAD + "own,2026,EUR,services,0,1,2,#WERT!", 2, "Fehlermeldung der Tabellenkalkulation"),
        (HEAD + "own,2026,EUR,services,0,1,2,a,b", 2, "mehr als die Kopfzeile"),
        (HEAD + "own,2026,EUR,services,0,1,2,\n\nSumme\n", 4, "Summe"),
        ("cluster,source\nown,services\n", 0, "Es fehlen Spalten: year."),
        ("", 0, "Datei ist leer."),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(manager, own, text, row, reason):
    page = take(manager, text)
    ((number, said),) = page.context["problems"] or [(0, page.context["form"].errors["file"][0])]
    assert (number, reason in said) == (row, True), said
    assert not Budget.objects.exists()


@pytest.mark.parametrize("cell", ["1.234", "zehn", "1-2", "1,2,", "NaN", "1.234.50", "1,23,45"])
def test_what_is_no_amount_is_refused(cell):
    with pytest.raises(ValueError, match="„"):
        amount_of(cell)


def test_people_reach_the_budgets_of_their_clusters_alone(manager, own, make_budget):
    here, there = (
        make_budget(own, 2026, plan=(1, 1, 1, 1)),
        make_budget(make_cluster("b"), 2026, plan=(1, 1, 1, 1)),
    )
    assert list(manager.get(reverse("admin:finance_budget_changelist")).context["cl"].queryset) == [here]
    address = reverse("admin:finance_budget_change", args=[there.pk])
    assert [manager.get(address).status_code, manager.post(address, {}).status_code] == [302, 302]
    sent = {"cluster": there.cluster_id, "year": 2027, "currency": "EUR"} | AMOUNTS
    page = manager.post(reverse("admin:finance_budget_add"), sent)
    assert "cluster" in page.context["adminform"].form.errors
    changes = manager.get("/admin/history/revision/?kind=finance.budgetline").context["page"].changes
    assert len(changes) == 4  # of the own cluster
    assert Budget.objects.count() == 2
