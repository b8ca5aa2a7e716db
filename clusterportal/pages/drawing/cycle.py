"""The life cycle of a cluster: one curve over five stages, and the ways that lead on from today. Unit: px.

Stages after Menzel and Fornahl, "Cluster life cycles", Industrial and Corporate Change 19(1), 2010.
"""

from dataclasses import dataclass

WIDTH, HEIGHT = 600, 240
AXES = (60, 180, 300, 420, 540)  # one for each stage

_START = "M0 226"
_PIECES = (  # the curve from stage to stage, each beginning where the one before ends
    "C20 225 40 224 60 222",
    "C110 216 140 182 180 130",
    "C230 78 260 52 300 52",
    "C350 52 384 62 420 84",
    "C460 108 500 100 540 72",
)
_STOPS = ((60, 222), (180, 130), (300, 52), (420, 84), (540, 72))
_PEAK = 2  # the stage from which a curve still rising branches
_WAYS = (  # renewal, stagnation, decline: from the peak or from a later stage to the right edge
    "M300 52C420 52 440 14 600 10M300 52C400 52 480 64 600 64M300 52C400 52 440 160 600 228",
    "M420 84C476 118 520 12 600 10M420 84C470 114 530 64 600 64M420 84C480 122 520 214 600 228",
    "M540 72C562 54 576 12 600 10M540 72C560 60 580 64 600 64M540 72C576 48 584 200 600 228",
)


@dataclass(frozen=True)
class CyclePicture:
    """`past` is the curve up to today, `future` the ways from there; `stops` are the stages left behind."""

    stage: int  # 1 to 5
    past: str
    future: str
    stops: tuple[tuple[int, int], ...]
    now: tuple[int, int]
    axes: tuple[int, ...] = AXES
    width: int = WIDTH
    height: int = HEIGHT


def cycle(stage: int) -> CyclePicture:
    """The picture of a cluster in stage 1 to 5."""
    here = stage - 1
    ahead = _PIECES[stage : _PEAK + 1]
    rise = f"M{_STOPS[here][0]} {_STOPS[here][1]}{''.join(ahead)}" if ahead else ""
    return CyclePicture(
        stage=stage,
        past=_START + "".join(_PIECES[:stage]),
        future=rise + _WAYS[max(here - _PEAK, 0)],
        stops=_STOPS[:here],
        now=_STOPS[here],
    )
