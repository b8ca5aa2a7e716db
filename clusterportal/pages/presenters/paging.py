"""Long lists, page by page."""

from django.core.paginator import InvalidPage, Page, Paginator

PER_PAGE = 25


def page_of(
    items, number: str | None, *, per_page: int = PER_PAGE, count: int | None = None
) -> tuple[Page, bool]:
    """(page, whether the number asked for exists); without that page, the last one. `count` spares counting again."""
    paginator = Paginator(items, per_page)
    if count is not None:
        paginator.count = count
    try:
        return paginator.page(number or 1), True
    except InvalidPage:
        return paginator.page(paginator.num_pages), False


def page_numbers(page: Page) -> list[int | None]:
    """Numbers to offer, first and last among them; None stands for the ones left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]
