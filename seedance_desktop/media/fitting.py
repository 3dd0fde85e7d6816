"""Makes decoded frames of any size, turn and colours fit one picture: upright, inside it, on black, colours kept."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame

from . import colours

_TURNS = {90: ("cclock",), 180: ("clock", "clock"), 270: ("clock",)}
_MATRICES = {1: "bt709", 4: "fcc", 5: "bt601", 6: "bt601", 7: "smpte240m", 9: "bt2020", 10: "bt2020"}
_LIMITED = 1


@dataclass(frozen=True, slots=True)
class Canvas:
    """The picture that everything is fitted into: pixels across and down, the shape of a pixel, FFmpeg's name for the
    format, and the codes of ITU-T H.273 for matrix, primaries and transfer. Black is 16 and white 235."""

    width: int
    height: int
    aspect: Fraction
    pixels: str
    matrix: int
    primaries: int
    transfer: int


class Fitter:
    """Fits frames, one after the other; keeps what it has set up while they are alike."""

    def __init__(self, canvas: Canvas, aspect: Fraction) -> None:
        """For frames whose pixels, when upright, have the shape `aspect`."""
        self._canvas = canvas
        self._aspect = aspect
        self._alike: tuple[object, ...] = ()
        self._graph = Graph()

    def fit(self, frame: VideoFrame) -> VideoFrame:
        """The frame on the canvas, its time unchanged."""
        alike = (frame.width, frame.height, frame.format.name, frame.rotation % 360, *_of(frame))
        if alike != self._alike:
            self._graph, self._alike = self._made(frame), alike
        self._graph.vpush(frame)
        made = self._graph.vpull()
        made.colorspace, made.color_range = self._canvas.matrix, _LIMITED
        made.color_primaries, made.color_trc = self._canvas.primaries, self._canvas.transfer
        return made

    def _made(self, frame: VideoFrame) -> Graph:
        graph, canvas = Graph(), self._canvas
        last = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base)
        turns = _TURNS.get(frame.rotation % 360, ())
        width, height = (frame.height, frame.width) if len(turns) == 1 else (frame.width, frame.height)
        inside = _inside(width * self._aspect / height, canvas)
        matrix, full = _of(frame)
        out = _MATRICES.get(canvas.matrix, "bt709")
        steps = [("transpose", turn) for turn in turns]
        scale = f"w={inside[0]}:h={inside[1]}:flags=lanczos+accurate_rnd+full_chroma_int"
        scale += f":in_color_matrix={matrix}:out_color_matrix={out}"
        steps.append(("scale", f"{scale}:in_range={'full' if full else 'limited'}:out_range=limited"))
        steps.append(("format", canvas.pixels))
        if inside != (canvas.width, canvas.height):
            steps.append(("pad", f"{canvas.width}:{canvas.height}:-1:-1:black"))
        for name, settings in steps:
            last = _after(last, graph.add(name, settings))
        _after(last, graph.add("buffersink"))
        graph.configure()
        return graph


def _after(last: FilterContext, following: FilterContext) -> FilterContext:
    last.link_to(following)
    return following


def _of(frame: VideoFrame) -> tuple[str, bool]:
    """The frame's matrix, as `scale` names it, and whether it uses the full range."""
    return _MATRICES.get(frame.colorspace, colours.matrix(frame)), colours.full_range(frame)


def _inside(shape: Fraction, canvas: Canvas) -> tuple[int, int]:
    """The largest even size of that shape, as it is shown, that lies inside the canvas; all of it but for a pixel."""
    across = round(canvas.height * shape / canvas.aspect / 2) * 2
    if abs(across - canvas.width) <= 2:
        return canvas.width, canvas.height
    if across < canvas.width:
        return max(2, across), canvas.height
    return canvas.width, max(2, round(canvas.width * canvas.aspect / shape / 2) * 2)
