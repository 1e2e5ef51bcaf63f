"""Which links of a page are disclosures that a source wants, and which lead to columns of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, product
from urllib.parse import urljoin

from crawlers.addresses import RefusedError
from crawlers.classify import (
    Announcement,
    announcement,
    column_year,
    compact,
    heading,
    is_section,
    is_without_words,
    organisation,
    speaks_of_disclosures,
)
from crawlers.forms import Choice, SearchForm
from crawlers.links import Link
from crawlers.pages import Page
from crawlers.recording import Origin
from crawlers.settings import Source
from crawlers.text import split_address
from crawlers.vocabulary import vocabulary

#: How many lists the forms of one page may ask for; what is beyond makes the crawl incomplete.
MOST_QUERIES = 300


@dataclass(slots=True)
class Sifted:
    """The links of one page, sorted."""

    disclosures: list[tuple[Link, Origin]] = field(default_factory=list)
    sections: list[Link] = field(default_factory=list)
    unrecognised_files: list[Link] = field(default_factory=list)
    unwanted: int = 0  # disclosures of years or kinds that the source does not ask for

    @property
    def leads_nowhere(self) -> bool:
        """Nothing on the page has to do with disclosures."""
        return not (self.disclosures or self.sections or self.unrecognised_files or self.unwanted)


class Sieve:
    """The sieve of one source."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def sift(self, page: Page, depth: int = 0) -> Sifted:
        """Sort the links of a list page; ``depth`` is how many columns deep it lies."""
        sifted = Sifted()
        elsewhere: list[Link] = []
        for link in page.links:
            said = self.announced(link, page.announcement)
            if said is not None or self._is_taken_anyway(link, page):
                sifted.disclosures.append((link, _origin(link, page, said)))
            elif self._is_section(link, page, depth):
                (sifted.sections if self._is_near(link, page) else elsewhere).append(link)
            elif self._said(link, page.announcement) is not None:
                sifted.unwanted += 1
            elif link.is_attachment and not is_side_file(link):
                sifted.unrecognised_files.append(link)
        if not sifted.disclosures and not sifted.sections and not self._source.section_prefixes:
            sifted.sections = (
                elsewhere  # the start page is a crossroads: its columns lie anywhere on the portal
            )
        return sifted

    def queries(self, page: Page, *, is_empty: bool) -> list[str]:
        """Addresses of the lists that a page's forms ask for, at most ``MOST_QUERIES`` and one.

        All that is wanted where the page itself ``is_empty``; else the other years that a form offers.
        """
        found: dict[str, None] = {}
        for form in page.searches:
            picked = [(choice, self._picked(choice, is_empty)) for choice in form.choices]
            if is_empty or any(values != [choice.chosen] for choice, values in picked):
                for address in _addresses(form, picked, is_empty):
                    found.setdefault(address)
        found.pop(page.url, None)
        return list(found)

    def _picked(self, choice: Choice, is_empty: bool) -> list[str]:
        """The values of a choice that together show everything that is wanted."""
        years = [(value, year) for value, words in choice.options if (year := column_year(words))]
        if not (years or is_empty):
            return [choice.chosen]
        for value, words in choice.options:
            if vocabulary().open_options.search(compact(words)):
                return [value]
        if years:
            return [value for value, year in years if self._is_year_wanted(year)] or [choice.chosen]
        kinds = [(value, said.kind) for value, words in choice.options if (said := heading(words))]
        if kinds:
            return [value for value, kind in kinds if kind is None or kind in self._source.kinds]
        units = [value for value, words in choice.options if organisation(compact(words))]
        return units if len(units) > 1 else [choice.chosen]

    def announced(self, link: Link, context: Announcement | None) -> Announcement | None:
        """Return what a link announces (with the heading above it, else ``context``), if it is wanted."""
        said = self._said(link, context)
        return said if said is not None and self.is_wanted(said) else None

    def _said(self, link: Link, context: Announcement | None) -> Announcement | None:
        """What a link announces, wanted or not; a link to a whole site is no disclosure for its heading's sake."""
        is_site = split_address(link.url).path in ("", "/") and not split_address(link.url).query
        return said_of(link, None if is_site else link.heading or context)

    def is_wanted(self, said: Announcement) -> bool:
        """Say whether year and kind are among those declared; what is not named is not excluded."""
        if said.kind is not None and said.kind not in self._source.kinds:
            return False
        return not self._source.years or said.year is None or said.year in self._source.years

    def _is_taken_anyway(self, link: Link, page: Page) -> bool:
        """A file whose words say nothing, on a page that is itself the disclosure."""
        if not link.is_attachment or is_side_file(link):
            return False
        if self._source.take_all_attachments:
            return True
        context = page.announcement
        return context is not None and context.unit is not None and self.is_wanted(context)

    def _is_section(self, link: Link, page: Page, depth: int) -> bool:
        year = column_year(link.text)
        deepest = self._source.limits.section_depth + (
            year is not None
        )  # years divide a column, they open none
        if depth >= deepest or link.refusal or link.is_attachment or not self._source.allows_host(link.url):
            return False
        if year is not None:
            return self._is_year_wanted(year) and speaks_of_disclosures(page.title)
        return is_section(link.text)

    def _is_year_wanted(self, year: int) -> bool:
        """Columns are named by the year of the accounts, or by that of their publication: the one after."""
        return not self._source.years or year in self._source.years or year - 1 in self._source.years

    def _is_near(self, link: Link, page: Page) -> bool:
        path = split_address(link.url).path
        if link.is_rest and not self._source.section_prefixes:
            return True
        prefixes = self._source.section_prefixes or (split_address(urljoin(page.url, "./")).path,)
        return any(path.startswith(prefix) for prefix in prefixes)


def _addresses(form: SearchForm, picked: list[tuple[Choice, list[str]]], is_empty: bool) -> Iterator[str]:
    """The addresses that a form leads to with every combination of values; not that of the page as it stands."""
    for values in islice(product(*(values for _, values in picked)), MOST_QUERIES + 1):
        if not is_empty and all(
            value == choice.chosen for value, (choice, _) in zip(values, picked, strict=True)
        ):
            continue
        with contextlib.suppress(RefusedError):
            yield form.address(
                {choice.name: value for value, (choice, _) in zip(values, picked, strict=True)}
            )


def said_of(link: Link, context: Announcement | None) -> Announcement | None:
    """What a link announces: its own words, then those of its row, of the heading above it, of its page."""
    row = link.row
    if row is None:
        return announcement(link.text, context)
    around = context if context is not None else row
    whole = replace(row, year=row.year or around.year, kind=row.kind or around.kind)
    said = announcement(link.text, whole)
    if said is None and whole.year:
        if is_section(
            link.text
        ):  # a column's name, but beside a unit and a year it is that unit's disclosure
            named = heading(link.text)
            return replace(whole, kind=named.kind) if named is not None and named.kind else None
        if whole.kind and is_without_words(link.text):
            return whole
    return said


def is_side_file(link: Link) -> bool:
    """Say whether a file is furniture of the site and no disclosure (client programs, manuals)."""
    return bool(vocabulary().side_attachments.search(compact(link.text)))


def inherited(link: Link, page: Page, origin: Origin) -> Origin:
    """The origin of a link on an article: what it does not say itself, the article or its list said."""
    own = said_of(link, origin.announcement)
    return Origin(
        page_url=page.url,
        link_text=link.text,
        title=page.title or origin.link_text,
        published_on=origin.published_on or page.published_on or link.published_on,
        announcement=own or origin.announcement or page.announcement,
    )


def _origin(link: Link, page: Page, said: Announcement | None) -> Origin:
    return Origin(
        page_url=page.url,
        link_text=link.text,
        title=page.title,
        published_on=link.published_on or (page.published_on if link.is_attachment else None),
        announcement=said or page.announcement,
    )
