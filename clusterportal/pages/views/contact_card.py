"""What one takes along of an actor: its business card, and its address as a QR code."""

import io

import segno
from django.http import HttpResponse
from django.views import View

from actors.domain.vcard import MEDIA_TYPE, vcard
from actors.models import Actor
from clusterportal.pages.views.profile import elsewhere

_MARGIN = 4  # modules around the code, as ISO 18004 asks


class _FileView(View):
    view = ""  # its own name, for actors that have moved

    def get(self, request, slug):
        actor = Actor.objects.published().with_public_contacts().filter(slug=slug).first()
        if actor is None:
            return elsewhere(request, slug, view=self.view)
        response = self.file(request, actor)
        response["X-Robots-Tag"] = "noindex"
        return response

    def file(self, request, actor: Actor) -> HttpResponse:
        raise NotImplementedError


class VCardView(_FileView):
    view = "pages:actor-vcard"

    def file(self, request, actor: Actor) -> HttpResponse:
        card = vcard(actor, base_url=request.build_absolute_uri("/"))
        name = f'attachment; filename="{actor.slug}.vcf"'
        return HttpResponse(card, content_type=MEDIA_TYPE, headers={"Content-Disposition": name})


class QRCodeView(_FileView):
    """Dark on white in every scheme: scanners ask for it."""

    view = "pages:actor-qr"

    def file(self, request, actor: Actor) -> HttpResponse:
        address = request.build_absolute_uri(actor.get_absolute_url())
        picture = io.BytesIO()
        code = segno.make_qr(address, error="m")
        code.save(
            picture, kind="svg", light="#fff", border=_MARGIN, xmldecl=False, omitsize=True, title=address
        )
        name = f'inline; filename="{actor.slug}.svg"'
        return HttpResponse(picture.getvalue(), "image/svg+xml", headers={"Content-Disposition": name})
