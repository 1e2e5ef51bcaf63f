"""What is remembered while a narrative is read: contexts, open enumerations, the claims found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from transforms.narrative.comparison import Comparison
from transforms.narrative.figures import Figure
from transforms.narrative.subject import Subject


@dataclass(slots=True)
class Context:
    """One subject spoken of in one place, and the context it is a part of."""

    number: int
    subject: Subject
    section: str
    parent: Context | None = None


@dataclass(slots=True)
class Claim:
    """One row of the frame CLAIM before its place on the page is known."""

    sentence_no: int
    paragraph_no: int
    section: str
    metric: str
    start: int
    end: int
    text: str
    context: Context | None = None
    whole: Context | None = None
    subject_text: str = ""
    basis: str = "none"
    reference_year: int | None = None
    subject_year: int | None = None
    value: Decimal | None = None
    decimals: int | None = None
    unit: str | None = None
    amount_yuan: Decimal | None = None
    direction: str | None = None
    related: Claim | None = None
    economic_code: str = ""
    status: str = "typed"
    is_in_reason: bool = False
    is_open_list: bool | None = None
    number: int = 0


@dataclass(slots=True)
class ParagraphState:
    """Within one paragraph: its contexts by subject, the one spoken of now, and enumerations opened by 其中."""

    number: int
    section: str
    headings: list[str]
    scope: str
    outer: Context | None  # what its subjects are parts of
    faded: Context | None  # the same, but full stops stand between: believed only where a share needs a whole
    level: int | None
    main: Context | None = None
    current: Context | None = None
    by_subject: dict[tuple[str, ...], Context] = field(default_factory=dict)
    opened: list[Context] = field(default_factory=list)
    opened_here: int = 0
    brackets: list[tuple[Context | None, int]] = field(default_factory=list)
    comparison: Comparison | None = None
    year: int | None = None  # printed earlier in this sentence
    last_reason_sentence: int = 0
    is_reason_numbered: bool = False  # the reasons are numbered items, each to its end
    has_parts: bool = False  # an enumeration was opened somewhere in this paragraph
    is_in_list: bool = False  # the number before stood in an enumeration with 、
    twins: dict[int, Context] = field(
        default_factory=dict
    )  # by context: what is said of it is said of this too
    doubtful: Context | None = None  # the last of the listed parts, which the change just read may be about
    told: Comparison | None = (
        None  # the parts now listed are those of a budget, or of an earlier year's amount
    )
    is_current_told: bool = False  # this sentence gave the whole's own amount
    is_prior_section: bool = False  # the heading says that all amounts are an earlier year's
    second: tuple[Figure, Context] | None = None  # what the next number says of the other of two subjects
    parallel: list[str] = field(default_factory=list)
    parallel_lead: str = ""
    parallel_names: list[str] = field(default_factory=list)  # the subjects last listed, for 占比分别为

    def open(self, context: Context | None) -> None:
        """Let the subjects that follow be parts of ``context``."""
        if context is not None and (not self.opened or self.opened[-1] is not context):
            self.opened.append(context)
            self.opened_here += 1
            self.has_parts = True

    def turn_to_whole(self) -> None:
        """Close the enumerations of this sentence and speak of their whole."""
        if self.opened and self.opened_here:
            self.current = self.opened[0]
            self.opened.clear()

    def turn_to_listed(self) -> None:
        """Speak again of the whole whose parts are being listed, if any are."""
        if self.opened:
            self.current = self.opened[0]
            self.opened.clear()

    def turn_back(self) -> None:
        """Speak again of the whole whose parts were listed."""
        self.current = self.opened[-1] if self.opened else self.main
        del self.opened[-1:]

    def end_sentence(self, last_character: str) -> None:
        """Close enumerations: inner ones at every stop, all of them at a full stop."""
        if last_character in "。！？" and self.opened:
            self.current = self.opened[0]
            self.opened.clear()
        elif len(self.opened) > 1 and self.opened_here:
            del self.opened[max(1, len(self.opened) - self.opened_here) :]
        self.opened_here = 0
        self.year = None
        self.brackets.clear()
        self.second = None
        self.doubtful = None
        self.is_current_told = False
        self.parallel.clear()


@dataclass(slots=True)
class Outline:
    """The contexts of numbered items above, so that (1) is a part of 1. and 1. a part of （一）."""

    entries: list[tuple[float, Context | None]] = field(default_factory=list)
    intro: Context | None = None
    intro_comparison: Comparison | None = (
        None  # what the introduced items are compared with, if they do not say
    )
    intro_level: float = -1  # items of this level or above are no parts of the intro
    outer_intros: list[tuple[Context | None, Comparison | None, float]] = field(default_factory=list)
    last_main: Context | None = None
    previous_end: str = ""

    def comparison_for(self, outer: Context | None) -> Comparison | None:
        """Return what a paragraph under ``outer`` compares with where it does not say."""
        return self.intro_comparison if outer is not None and outer is self.intro else None

    def heading(self, level: int) -> None:
        """Forget what stood under earlier headings of this level or deeper."""
        self.entries = [entry for entry in self.entries if entry[0] < level]
        self.intro = self.last_main = None
        self.intro_level = -1
        self.outer_intros.clear()

    def begin(self, level: int | None) -> tuple[Context | None, Context | None]:
        """Return the context a new paragraph's subjects are parts of, and the one they may be parts of."""
        if level is None:
            has_ended = self.previous_end in {"。", "！", "？"}
            return (None, self.intro) if has_ended else (self.intro, None)
        self.entries = [entry for entry in self.entries if entry[0] < level]
        while level <= self.intro_level:
            self.intro, self.intro_comparison, self.intro_level = self.outer_intros.pop()
        for _, context in reversed(self.entries):
            if context is not None:
                return context, None
        return self.intro, None

    def end(self, paragraph: ParagraphState, last_character: str) -> None:
        """Note what a finished paragraph was about, and whether it introduces the following ones."""
        if paragraph.level is not None:
            self.entries.append((paragraph.level, paragraph.main))
        introduced = paragraph.opened[-1] if paragraph.opened else None
        if introduced is None and last_character == "：":
            introduced = paragraph.current or self.last_main  # 其中： may stand alone in its paragraph
        self.last_main = paragraph.main or self.last_main
        if introduced is not None and introduced is not self.intro:
            self._introduce(introduced, paragraph)
        self.previous_end = (
            "：" if paragraph.opened else last_character
        )  # …按功能分类划分。 opens as a colon does

    def _introduce(self, introduced: Context, paragraph: ParagraphState) -> None:
        """Let the items that follow be parts of ``introduced``; the intro around it holds again behind them."""
        level: float = -1 if paragraph.level is None else paragraph.level
        if paragraph.level is None and self.entries:
            if paragraph.main is None:  # 其中： alone, of the item before it
                level = self.entries[-1][0]
            else:  # a new whole behind the items of another: deeper items are its parts
                self.entries.append((self.entries[-1][0] + 0.5, introduced))
        if level > self.intro_level:
            self.outer_intros.append((self.intro, self.intro_comparison, self.intro_level))
        elif level < 0:
            self.outer_intros.clear()
        self.intro, self.intro_comparison, self.intro_level = introduced, paragraph.comparison, level
