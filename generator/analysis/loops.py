"""Loops: items that cite each other in a circle, found without recursion so that no file can exhaust the stack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence


def components(starts: Iterable[str], parents: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """What is reached from `starts`, in groups that lead to each other (Tarjan's strongly connected components).

    A group comes after every group that it derives from. A group of one is no loop unless the item cites itself.
    """
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for start in starts:
        if start in order:
            continue
        walk = [(start, iter(parents[start]))]
        order[start] = lowest[start] = len(order)
        stack.append(start)
        on_stack.add(start)
        while walk:
            here, following = walk[-1]
            for parent in following:
                if parent not in order:
                    order[parent] = lowest[parent] = len(order)
                    stack.append(parent)
                    on_stack.add(parent)
                    walk.append((parent, iter(parents[parent])))
                    break
                if parent in on_stack and order[parent] < lowest[here]:
                    lowest[here] = order[parent]
            else:
                walk.pop()
                if walk and lowest[here] < lowest[walk[-1][0]]:
                    lowest[walk[-1][0]] = lowest[here]
                if lowest[here] == order[here]:
                    group = [stack.pop()]
                    while group[-1] != here:
                        group.append(stack.pop())
                    on_stack.difference_update(group)
                    yield group


def loops(parents: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Every group of items that cite each other, or an item that cites itself; in the order of the items."""
    for group in components(parents, parents):
        if len(group) > 1 or group[0] in parents[group[0]]:
            yield group
