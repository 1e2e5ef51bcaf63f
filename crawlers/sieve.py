"""Which links of a page are disclosures that a source wants, and which lead to columns of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin

from crawlers.classify import Announcement, announcement, compact, is_section
from crawlers.pages import Link, Page
from crawlers.recording import Origin
from crawlers.settings import Source
from crawlers.text import split_address
from crawlers.vocabulary import vocabulary


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
        for link in page.links:
            said = self.announced(link, page.announcement)
            if said is not None or self._is_taken_anyway(link, page):
                sifted.disclosures.append((link, _origin(link, page, said)))
            elif self._is_section(link, page, depth):
                sifted.sections.append(link)
            elif self._said(link, page.announcement) is not None:
                sifted.unwanted += 1
            elif link.is_attachment and not is_side_file(link):
                sifted.unrecognised_files.append(link)
        return sifted

    def announced(self, link: Link, context: Announcement | None) -> Announcement | None:
        """Return what a link announces (with the heading above it, else ``context``), if it is wanted."""
        said = self._said(link, context)
        return said if said is not None and self.is_wanted(said) else None

    def _said(self, link: Link, context: Announcement | None) -> Announcement | None:
        """What a link announces, wanted or not; a link to a whole site is no disclosure for its heading's sake."""
        is_site = split_address(link.url).path in ("", "/") and not split_address(link.url).query
        return announcement(link.text, None if is_site else link.heading or context)

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
        if depth >= self._source.limits.section_depth or link.refusal or link.is_attachment:
            return False
        if not is_section(link.text) or not self._source.allows_host(link.url):
            return False
        path = split_address(link.url).path
        prefixes = self._source.section_prefixes or (split_address(urljoin(page.url, "./")).path,)
        return any(path.startswith(prefix) for prefix in prefixes)


def is_side_file(link: Link) -> bool:
    """Say whether a file is furniture of the site and no disclosure (client programs, manuals)."""
    return bool(vocabulary().side_attachments.search(compact(link.text)))


def inherited(link: Link, page: Page, origin: Origin) -> Origin:
    """The origin of a link on an article: what it does not say itself, the article or its list said."""
    own = announcement(link.text, origin.announcement)
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
