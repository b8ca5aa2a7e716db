"""A curator keeps topics tidy: a second spelling is met, two topics are merged in a few clicks and parted again."""

from actors.models import ActorTopic, Topic
from tests.factories import make_person
from tests.journeys import accessibility

# What unfold leaves on every page of its own: no `main`, and parts outside of landmarks.
UNFOLDS_OWN = {"landmark-one-main", "landmark-unique", "region", "empty-table-header"}
PAGES = {
    "list": "/admin/actors/topic/",
    "areas": "/admin/applications/applicationarea/",
    "merges": "/admin/actors/termmerge/",
    "page": "/admin/actors/topic/{pk}/change/",
    "merge": "/admin/actors/termmerge/topic/{pk}/merge/?other=imaging",
    "move": "/admin/actors/termmerge/topic/{pk}/move/",
    "actors": "/admin/actors/actor/?topic=image-processing",
}


def violations(page) -> list[str]:
    return [one for one in accessibility.violations(page) if one.split(":")[0] not in UNFOLDS_OWN]


def actors_of(slug: str) -> int:
    return ActorTopic.objects.filter(topic__slug=slug).count()


def test_a_second_spelling_is_offered_and_used(as_person):
    page = as_person(make_person("administrator"), "/admin/actors/topic/add/")
    page.fill("[name=name_de]", "Künstl. Intelligenz (KI)")
    page.fill("[name=name_en]", "AI")
    page.click("[name=_save]")
    offered = page.locator("section", has_text="Das gibt es schon")
    assert "Künstliche Intelligenz" in offered.inner_text() and violations(page) == []
    offered.get_by_role("button").first.click()
    page.wait_for_url("**/change/")
    words = [one.input_value() for one in page.locator("[name$=-name]:visible").all()]
    assert "Künstl. Intelligenz (KI)" in words and Topic.objects.filter(name_en="AI").count() == 0


def test_two_topics_are_merged_and_parted_again(as_person, live_server):
    """Four clicks to merge: two ticks, the action, the button. One to part them."""
    page = as_person(make_person("administrator"), "/admin/actors/topic/?q=bild")
    both, merged = actors_of("image-processing") + actors_of("imaging"), Topic.objects.get(slug="imaging")
    for topic in ("image-processing", "imaging"):
        page.check(f"[name=_selected_action][value='{Topic.objects.get(slug=topic).pk}']")
    page.select_option("[name=action]", "merge_two")
    if page.locator("button[name=index]").count():
        page.click("button[name=index]")
    page.get_by_role("button", name="Zu einem zusammenführen").click()
    page.get_by_role("button", name="Wieder trennen").wait_for()
    kept = Topic.objects.get(slug__in=["image-processing", "imaging"])
    gone = "imaging" if kept.slug == "image-processing" else "image-processing"
    assert actors_of(kept.slug) == both
    answer = page.request.get(f"{live_server.url}/api/v1/topics/{gone}/", max_redirects=0)
    assert (answer.status, answer.headers["location"].rsplit("/", 2)[1]) == (301, kept.slug)
    page.get_by_role("button", name="Wieder trennen").click()
    page.wait_for_url("**/change/")
    assert actors_of("image-processing") + actors_of("imaging") == both
    assert Topic.objects.filter(pk=merged.pk, slug="imaging").exists()


def test_the_pages_are_accessible_and_fit(as_person, live_server):
    page = as_person(make_person("administrator"), "/admin/")
    pk, problems = Topic.objects.get(slug="image-processing").pk, {}
    for name, path in PAGES.items():
        page.goto(live_server.url + path.format(pk=pk))
        if wrong := accessibility.wrong_in_both_looks(page, violations):
            problems[name] = wrong
    assert problems == {}
