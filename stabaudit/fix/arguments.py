"""The arguments of a call in the words of a library: operands in its order, settings by their names."""

from __future__ import annotations

from collections.abc import Callable, Container

from stabaudit.dialects import Spelling
from stabaudit.fix.not_renderable import NotRenderable
from stabaudit.terms import App, Const, Lit, Term
from stabaudit.terms.ops import TABLE, setting

#: What a setting is that is not given; any other one is `None`.
DEFAULTS: dict[str, Term] = {"keepdims": Lit(False)}


def arguments(
    path: str,
    spelling: Spelling,
    operands: dict[str, Term],
    settings: dict[str, Term],
    render: Callable[[Term], str],
    say: Callable[[Term], str],
    keywords: Container[str] = (),
) -> list[str]:
    """The arguments of the function at `path`; `render` writes an operand and `say` a setting.

    Operands behind the first are given with one of the `keywords` where that is their name.

    Raises `NotRenderable` where the function lacks a parameter.
    """
    operands, settings = {**operands}, {**settings}
    for role, _ in spelling.fixed:
        operands.pop(role, None)
        settings.pop(role, None)
    words: list[str] = []
    by_position = True
    for parameter in spelling.parameters:
        value = operands.pop(parameter.role, None)
        if value is not None and parameter.absent is not None and value == Const(parameter.absent):
            by_position = False
        elif value is not None:
            text = render(value)
            by_position = by_position and not (words and parameter.name in keywords)
            words.append(text if by_position else f"{parameter.name}={text}")
            continue
        by_position = False
        if parameter.given is not None:
            words.append(f"{parameter.name}={parameter.given}")
        value = settings.pop(parameter.role, None)
        if value is None:
            continue
        default = _default(parameter.role) if parameter.default is None else Const(parameter.default)
        if parameter.required and value == Lit(None):
            raise NotRenderable(f"`{path}` works along one axis, and this is over all; flatten the array first")
        if parameter.single and isinstance(value, Lit) and isinstance(value.value, tuple):
            raise NotRenderable(f"`{path}` takes one axis, not several")
        if value != default:
            if parameter.name == "keepdim" and not any(word.startswith("dim=") for word in words):
                raise NotRenderable(f"`{path}` keeps an axis that is given, and this is over all")
            said = say(value)
            # torch flips along several axes, and takes no single one.
            words.append(f"{parameter.name}={f'({said},)' if parameter.name == 'dims' else said}")
    left = [name for name, value in settings.items() if value != _default(name)]
    if missing := ", ".join([*operands, *left]):
        raise NotRenderable(f"`{path}` has no {missing}")
    return words


def says(spelling: Spelling, term: App) -> bool:
    """Whether a function says by its name what an operation has for operands and settings."""
    given = dict(zip(TABLE[term.op].operands, term.args, strict=False)) | dict(term.attrs)
    return all(given[role] == setting(value) for role, value in spelling.fixed)


def _default(role: str) -> Term:
    return DEFAULTS.get(role, Lit(None))
