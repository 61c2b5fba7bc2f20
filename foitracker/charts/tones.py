"""The tones of marks. Each differs from the others in colour and in lightness or texture, so that greyscale is enough.

Fill or outline contrasts at least 3:1 with the paper.
"""

from dataclasses import dataclass
from typing import Literal

Texture = Literal["", "rising", "falling", "level", "upright"]

INK = "#14191c"
QUIET = "#47545b"
GRID = "#dde3e6"
AXIS = "#6b7980"
PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class Paint:
    """How a mark is filled: its colour, the lines across it, and its outline."""

    fill: str
    texture: Texture = ""
    lines: str = PAPER
    outline: str = ""

    @property
    def strong(self) -> str:
        """The colour that contrasts with the paper: for lines and points."""
        return self.outline or self.fill


PAINTS = {
    "progress": Paint("#1d4457"),
    "info": Paint("#5694ca"),
    "wait": Paint("#fdf1d3", "rising", "#a86f00", "#8a5a00"),
    "bad": Paint("#b3261e", "falling"),
    "good": Paint("#22804d", "upright"),
    "neutral": Paint("#6b7980", "level"),
    "closed": Paint("#eef1f3", "level", "#6b7980", "#4c585e"),
}


def lines_across(texture: Texture, x: float, y: float, width: float, height: float, apart: float = 8) -> str:
    """Return the path of the lines across a box, cut at its edges: a pattern would need an id, and prints otherwise."""
    parts: list[str] = []
    if texture == "level":
        steps = int(height // apart)
        parts = [f"M{x:.2f} {y + height - apart * (n + 0.5):.2f}h{width:.2f}" for n in range(steps)]
    elif texture == "upright":
        steps = int(width // apart)
        parts = [f"M{x + apart * (n + 0.5):.2f} {y:.2f}v{height:.2f}" for n in range(steps)]
    elif texture:
        reach = apart
        while reach < width + height:
            # The line x' + y' = reach inside the box, mirrored for lines that fall.
            left, right = max(0.0, reach - height), min(width, reach)
            top, bottom = reach - right, reach - left
            ends = (
                ((left, bottom), (right, top))
                if texture == "rising"
                else ((left, height - bottom), (right, height - top))
            )
            (x1, y1), (x2, y2) = ends
            parts.append(f"M{x + x1:.2f} {y + y1:.2f}L{x + x2:.2f} {y + y2:.2f}")
            reach += apart
    return "".join(parts)
