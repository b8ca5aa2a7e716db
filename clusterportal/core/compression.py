"""Pages leave compressed: on a slow line most of the wait is the length of the HTML."""

from django.middleware.gzip import GZipMiddleware


class PageCompression(GZipMiddleware):
    """HTML alone: the API compresses its own answers, static files were compressed beforehand."""

    def process_response(self, request, response):
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if is_page else response
