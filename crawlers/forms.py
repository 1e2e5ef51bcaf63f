"""Forms of a page: what a browser would send, and which forms ask for a list."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.addresses import Base, RefusedError
from crawlers.classify import compact
from crawlers.text import fold
from crawlers.vocabulary import vocabulary

_BUTTONS = frozenset({"submit", "button", "image", "file", "reset"})
_CHECKED = frozenset({"radio", "checkbox"})
_NO_SEARCH = "input[type=password], input[type=file], textarea"
_MAXIMUM_FORMS = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of a form of which a person picks one value; options are values with their words."""

    name: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class SearchForm:
    """A form that asks for a list by a plain request (GET)."""

    base: Base  # of its action
    fields: tuple[tuple[str, str], ...]  # what is sent where nobody touches it
    choices: tuple[Choice, ...]

    def address(self, picked: dict[str, str]) -> str:
        """The address that it leads to with these choices. Raises ``RefusedError``."""
        return self.base.absolute("?" + self.base.query({**dict(self.fields), **picked}))


def fields_of(form: LexborNode) -> tuple[dict[str, str], dict[str, str]]:
    """Return names and values of a form's fields as they stand, and the names that ids stand for."""
    fields: dict[str, str] = {}
    names: dict[str, str] = {}
    for node in form.css("input, select, textarea"):
        name = node.attributes.get("name") or node.attributes.get("id") or ""
        kind = (node.attributes.get("type") or "").lower()
        if not name or (node.tag == "input" and kind in _BUTTONS):
            continue
        names |= {name: name, node.attributes.get("id") or name: name}
        if kind not in _CHECKED or "checked" in node.attributes:
            fields[name] = _value(node)
    return fields, names


def _value(node: LexborNode) -> str:
    if node.tag == "textarea":
        return node.text()
    if node.tag == "select":
        return _choice(node).chosen
    return node.attributes.get("value") or ""


def _choice(node: LexborNode) -> Choice:
    options: list[tuple[str, str]] = []
    chosen: str | None = None
    for option in node.css("option"):
        words = fold(option.text())
        value = option.attributes.get("value")
        options.append((words if value is None else value, words))
        if "selected" in option.attributes:
            chosen = options[-1][0]
    if chosen is None:
        chosen = options[0][0] if options else ""
    return Choice(node.attributes.get("name") or "", tuple(options), chosen)


def search_forms(tree: LexborHTMLParser, base: Base) -> list[SearchForm]:
    """Return the forms whose words ask for years, kinds or units: no search of a whole site, no login."""
    found = []
    for form in tree.css("form")[:_MAXIMUM_FORMS]:
        is_plain = (form.attributes.get("method") or "get").strip().lower() == "get"
        if not is_plain or form.css_first(_NO_SEARCH) or not vocabulary().list_forms.search(_words(form)):
            continue
        fields, _ = fields_of(form)
        choices = [_choice(node) for node in form.css("select[name]")]
        try:
            action = Base(base.absolute(form.attributes.get("action") or base.url), base.encoding)
        except RefusedError:
            continue
        found.append(SearchForm(action, (*fields.items(), *_button(form)), tuple(choices)))
    return found


def _words(form: LexborNode) -> str:
    """Everything that a form says to the person who fills it in."""
    told = [form.text(separator=" ")]
    for node in form.css("input, select"):
        told += [node.attributes.get(name) or "" for name in ("placeholder", "title", "value")]
    return compact(" ".join(told))


def _button(form: LexborNode) -> list[tuple[str, str]]:
    """The button that sends a form is one of its fields where it has a name."""
    node = form.css_first("input[type=submit][name], button[type=submit][name], button[name]:not([type])")
    if node is None:
        return []
    return [(node.attributes.get("name") or "", node.attributes.get("value") or "")]
