"""Draws the house in docs/how-it-works.md: what each room is for, and who imports whom.

The rooms are those of the contract in pyproject.toml, what they are for is the first line of each,
and the arrows are the imports. An arrow that others imply is not drawn. ``make house`` runs this.
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/how-it-works.md"
PLACE = re.compile(r"(?<=<!-- made by “make house” -->\n).*?(?=<!-- end -->)", re.DOTALL)

Arrows = Mapping[str, set[str]]


def rooms() -> list[str]:
    """Return the rooms, the uppermost first; where a command starts is none."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (layers,) = (each["layers"] for each in contracts["contracts"] if each["id"] == "rooms")
    return [room for room in layers if not room.startswith("_")]


def imports(graph: grimp.ImportGraph) -> Arrows:
    """Return the rooms that each room imports."""
    found: dict[str, set[str]] = {room: set() for room in rooms()}
    for module in graph.modules:
        if (room := _room(module)) in found:
            targets = map(_room, graph.find_modules_directly_imported_by(module))
            found[room] |= {target for target in targets if target in found} - {room}
    return found


def _room(module: str) -> str:
    return [*module.split("."), ""][1]


def needed(arrows: Arrows) -> Arrows:
    """Return the arrows that no others imply."""

    def below(room: str) -> set[str]:
        return arrows[room].union(*map(below, arrows[room]))

    return {
        room: targets - set().union(*map(below, targets)) for room, targets in arrows.items()
    }  # fmt: skip


def purpose(room: str) -> str:
    """Return what a room is for: its first line."""
    path = ROOT / "clinicpress" / room
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    said = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return said.partition("\n")[0].rstrip(".")


def picture(arrows: Arrows) -> str:
    """Return the house as a Mermaid diagram, which forges draw."""
    return "\n".join(["```mermaid", "flowchart TD", *_lines(arrows), "```", ""])


def _lines(arrows: Arrows) -> Iterator[str]:
    for room in arrows:
        yield f'    {room}["<b>{room}</b><br>{purpose(room)}"]'
    for room, targets in needed(arrows).items():
        yield from (f"    {room} --> {target}" for target in arrows if target in targets)


def drawn(page: str) -> str:
    """Return the words of the page with the house as it is."""
    graph = grimp.build_graph("clinicpress", cache_dir=None)
    return PLACE.sub(lambda _: picture(imports(graph)), page)


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text("utf-8")), encoding="utf-8")
