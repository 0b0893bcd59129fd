"""The graph of a story's origins: origins, then documents, then copies; the template draws it as SVG."""

from __future__ import annotations

import msgspec

from khabar.corroborate.records import Story

__all__ = ["Edge", "Graph", "Node", "origin_graph"]

_WIDTH, _ROW, _BOX, _TOP = 900, 50, 250, 30


class Node(msgspec.Struct, frozen=True):
    """A box: `kind` is `origin` or `document`."""

    key: str
    label: str
    kind: str
    detail: str
    x: float
    y: float


class Edge(msgspec.Struct, frozen=True):
    """A line from what was told to who tells it; `copied` where a text was taken over."""

    x1: float
    y1: float
    x2: float
    y2: float
    copied: bool


class Graph(msgspec.Struct, frozen=True):
    """Boxes and lines, and the size of the picture."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: int
    height: int
    box: int


def origin_graph(story: Story, *, right_to_left: bool) -> Graph:
    """Origins in the first column, documents that tell them in the second, copies of those in the third."""
    copied = {name: copy.documents[0] for copy in story.copies for name in copy.documents[1:]}
    publishers = {one.external_id: one.publisher or "" for one in story.reports}
    names = list(publishers)
    columns: list[list[tuple[str, str, str, str]]] = [
        [(one.id, one.label, "origin", one.kind) for one in story.origins],
        [(name, publishers[name] or name, "document", name) for name in names if name not in copied],
        [(name, publishers[name] or name, "document", name) for name in names if name in copied],
    ]
    columns = [column for column in columns if column]
    height = _TOP + _ROW * max((len(column) for column in columns), default=1)
    nodes: list[Node] = []
    for number, column in enumerate(columns):
        nodes += _column(column, number, len(columns), height, right_to_left)
    at = {node.key: node for node in nodes}
    told = [(origin.id, name) for origin in story.origins for name in origin.documents if name not in copied]
    taken = [(original, name) for name, original in copied.items()]
    edges = [
        _edge(at[one], at[other], copied=kind, right_to_left=right_to_left)
        for kind, pairs in ((False, told), (True, taken))
        for one, other in pairs
        if one in at and other in at
    ]
    return Graph(tuple(nodes), tuple(edges), _WIDTH, height, _BOX)


def _column(
    column: list[tuple[str, str, str, str]], number: int, count: int, height: int, right_to_left: bool
) -> list[Node]:
    x = 0.0 if count == 1 else number * (_WIDTH - _BOX) / (count - 1)
    x = _WIDTH - _BOX - x if right_to_left else x
    step = (height - _TOP) / len(column)
    return [Node(*one, x, _TOP / 2 + step * (n + 0.5)) for n, one in enumerate(column)]


def _edge(one: Node, other: Node, *, copied: bool, right_to_left: bool) -> Edge:
    start, end = (one.x, other.x + _BOX) if right_to_left else (one.x + _BOX, other.x)
    return Edge(start, one.y, end, other.y, copied)
