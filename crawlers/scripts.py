"""Where a page's own functions lead: calls in ``href`` and ``onclick`` followed through what the page defines.

Nothing is run. Of a function only what it does with the address is read: ``location = "index_" + n + ".html"``,
``window.open(…)``, a form that is given a value and sent. What cannot be read leads nowhere, and is said so by the pager.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin

from selectolax.lexbor import LexborHTMLParser

from crawlers.addresses import Base
from crawlers.forms import fields_of

_CALL = re.compile(r"(?:return\s+)?([A-Za-z_$][\w$.]*)\s*\(([^()]*)\)")
_ARGUMENT = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^,]*))\s*(?:,|$)""")
_FUNCTION = re.compile(
    r"(?:function\s+(?P<name>[\w$]+)\s*\((?P<given>[^()]*)\)"
    r"|(?P<name2>[\w$.]+)\s*[=:]\s*(?:async\s+)?(?:function\s*[\w$]*\s*\((?P<given2>[^()]*)\)"
    r"|\(?(?P<given3>[\w$,\s]*?)\)?\s*=>))\s*\{"
)
_VARIABLE = re.compile(r"\b(?:var|let|const)\s+([\w$]+)\s*=\s*")
_NAVIGATION = re.compile(
    r"(?:(?:\blocation(?:\.href)?|\.location)\s*=(?!=)|\blocation\.(?:assign|replace)\s*\(|\bwindow\.open\s*\(|"
    r"\bopen\s*\()\s*"
)
_ASSIGNED = re.compile(
    r"""(?:([\w$]+)["'\])]*\.value\s*=(?!=)|\$\(\s*["'][^"']*?([\w$]+)["']?\]?["']\s*\)\.val\()\s*"""
)
_SENT = re.compile(r"\.submit\s*\(|\bsubmit\s*\(")
_TOKEN = re.compile(
    r"""\s*(?:"(?P<double>(?:[^"\\\n]|\\.)*)"|'(?P<single>(?:[^'\\\n]|\\.)*)'|`(?P<template>[^`]*)`"""
    r"""|\(?\s*(?P<word>[A-Za-z_$][\w$]*)\s*(?:(?P<sign>[-+])\s*(?P<step>\d+)\b)?\s*\)?|(?P<number>\d+))\s*"""
)
_LONGEST_BODY = 4000
_MAXIMUM_FUNCTIONS = 200
_POST_BACK = "__doPostBack"


@dataclass(frozen=True, slots=True)
class Move:
    """Where a control of a page leads: an address, or a form to post there; ``key`` tells moves apart."""

    url: str
    form: str | None = None  # encoded as a browser would send it; None for a plain request
    key: str = ""


class Scripts:
    """The functions and variables of a page's inline scripts, read once when first asked for."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._tree = tree
        self._functions: dict[str, tuple[list[str], str]] | None = None
        self._variables: dict[str, str] = {}

    def move_of(self, control: str, base: Base) -> Move | None:
        """Return where a control's code leads, its address still relative; None where that cannot be read."""
        code = control.strip().removeprefix("javascript:").removeprefix("JavaScript:")
        self._read()
        direct = _target(code, self._variables)
        if direct:
            return Move(direct)
        for call in _CALL.finditer(code):
            given = _arguments(call[2])
            if call[1] == _POST_BACK and given:
                return self._posted({"__EVENTTARGET": given[0], "__EVENTARGUMENT": "".join(given[1:2])}, base)
            found = self._called(call[1], given, base)
            if found:
                return found
        return None

    def _called(self, name: str, given: list[str], base: Base) -> Move | None:
        function = (self._functions or {}).get(name.rpartition(".")[2])
        if function is None:
            return None
        names, body = function
        values = {**self._variables, **dict(zip(names, given, strict=False))}
        values |= _variables(body, values)
        target = _target(body, values)
        if target:
            return Move(target)
        if not _SENT.search(body):
            return None
        assigned = {
            match[1] or match[2]: value
            for match in _ASSIGNED.finditer(body)
            if (value := _evaluate(body, match.end(), values)) is not None
        }
        return self._posted(assigned, base) if assigned else None

    def _posted(self, assigned: dict[str, str], base: Base) -> Move | None:
        """The form of the page that holds all the named fields, with their new values."""
        for form in self._tree.css("form"):
            fields, names = fields_of(form)
            if not all(name in names or name.startswith("__EVENT") for name in assigned):
                continue
            filled = {**fields, **{names.get(name, name): value for name, value in assigned.items()}}
            address = form.attributes.get("action") or base.url
            if (form.attributes.get("method") or "get").lower() == "post":
                return Move(address, base.query(filled), urlencode(sorted(assigned.items())))
            return Move(urljoin(address, "?" + base.query(filled)))
        return None

    def _read(self) -> None:
        if self._functions is not None:
            return
        self._functions = {}
        for text in _texts(self._tree):
            self._variables |= _variables(text, {})
            for match in _FUNCTION.finditer(text):
                if len(self._functions) >= _MAXIMUM_FUNCTIONS:
                    return
                name = (match["name"] or match["name2"]).rpartition(".")[2]
                given = match["given"] or match["given2"] or match["given3"] or ""
                names = [one.strip() for one in given.split(",")]
                self._functions[name] = (names, _body(text, match.end()))


def _texts(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("script:not([src])"):
        yield node.text()


def _body(text: str, start: int) -> str:
    """The text up to the brace that closes the one before ``start``."""
    depth = 1
    for place in range(start, min(len(text), start + _LONGEST_BODY)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start:place]
    return text[start : start + _LONGEST_BODY]


def _arguments(text: str) -> list[str]:
    if not text.strip():
        return []
    return [next((part for part in match.groups() if part), "").strip() for match in _ARGUMENT.finditer(text)]


def _target(code: str, values: dict[str, str]) -> str | None:
    """The address of a navigation; where there are several, one that is built from a value goes first."""
    found: list[tuple[bool, int, str]] = []
    for match in _NAVIGATION.finditer(code):
        value = _evaluate(code, match.end(), values)
        if value and not value.lower().startswith(("javascript:", "about:")) and value != "#":
            is_built = any(re.search(rf"\b{re.escape(name)}\b", code[match.end() :][:80]) for name in values)
            found.append((not is_built, len(found), value))
    return min(found)[2] if found else None


def _variables(code: str, values: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _VARIABLE.finditer(code):
        value = _evaluate(code, match.end(), {**values, **found})
        if value is not None:
            found[match[1]] = value
    return found


def _evaluate(code: str, place: int, values: dict[str, str]) -> str | None:
    """The text that an expression of literals and known names, joined by ``+``, comes to; None for any other."""
    parts: list[str] = []
    while match := _TOKEN.match(code, place):
        part = _value(match, values)
        if part is None:
            return None
        parts.append(part)
        place = match.end()
        if not code.startswith("+", place):
            rest = code[place : place + 1]
            return (
                "".join(parts) if rest in ("", ";", ",", ")", "}", "\n") or code[place - 1] in "\n " else None
            )
        place += 1
    return None


def _value(match: re.Match[str], values: dict[str, str]) -> str | None:
    for name in ("double", "single"):
        if match[name] is not None:
            return re.sub(r"\\(.)", r"\1", match[name])
    if match["template"] is not None:
        names = re.findall(r"\$\{\s*([\w$]+)\s*\}", match["template"])
        if any(name not in values for name in names):
            return None
        return re.sub(r"\$\{\s*([\w$]+)\s*\}", lambda one: values[one[1]], match["template"])
    if match["number"] is not None:
        return match["number"]
    value = values.get(match["word"])
    if value is None or not match["sign"]:
        return value
    if not value.isdigit():
        return None
    return str(int(value) + int(match["sign"] + match["step"]))
