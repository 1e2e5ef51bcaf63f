"""Facts of the narrative: printed numbers and words that know their key, so that a truth file can name them.

A fact is written into the text between control characters; ``samples.flow`` strips them and notes the page. A
planted defect replaces what is printed for one key.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from samples.tables import rounded

_REASONS = {
    "up": ("人员经费标准调整", "新增工作任务", "养老保险缴费基数调整", "项目进度加快"),
    "down": ("厉行节约压减支出", "人员退休减少", "部分项目按进度减少支付", "压缩一般性支出"),
    "same": ("保持平稳",),
}


def percentage(part: int, whole: int, decimals: int = 2) -> Decimal:
    """Percentage of ``part`` in ``whole``, rounded half up."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def mark(key: str, printed: str) -> str:
    """Wrap a printed fact so that the flow can find it again."""
    return f"\x02{key}\x03{printed}\x04"


class Facts:
    """Writes facts for one document; ``overrides`` say, by key, how a planted defect changes what is printed."""

    def __init__(
        self, overrides: dict[str, Callable[[str], str]] | None = None, *, thousands: bool = False
    ) -> None:
        self.overrides = dict(overrides or {})
        self.thousands = thousands
        self.correct: dict[str, str] = {}

    def word(self, key: str, text: str) -> str:
        """Return a word or number as it stands, or what a planted defect prints instead."""
        self.correct[key] = text
        change = self.overrides.get(key)
        return mark(key, change(text) if change else text)

    def amount(self, key: str, hundredths: int) -> str:
        """Amount in 万元 with two decimals, without the unit."""
        if hundredths == 0:
            return self.word(key, "0")
        value = rounded(hundredths, "万元")
        return self.word(key, f"{value:,.2f}" if self.thousands else f"{value:.2f}")

    def count(self, key: str, number: int) -> str:
        """Return a plain count."""
        return self.word(key, str(number))

    def share(self, key: str, part: int, whole: int) -> str:
        """Percentage of a part in a whole, with its sign."""
        return self.word(key, f"{percentage(part, whole)}%" if whole and part else "0%")

    def is_same(self, current: int, previous: int) -> bool:
        """Whether two amounts are printed alike."""
        return rounded(current, "万元") == rounded(previous, "万元")

    def change(
        self,
        key: str,
        current: int,
        previous: int,
        *,
        grow: tuple[str, str] = ("增长", "下降"),
        same: str = "持平",
    ) -> str:
        """增加D万元，增长P% (or the wording for no change); facts key.direction, key.change, key.growth."""
        if self.is_same(current, previous):
            return self.word(f"{key}.direction", same)
        if f"{key}.flat" in self.overrides:
            return self.word(f"{key}.flat", "增加" if current > previous else "减少")
        up = current > previous
        text = self.word(f"{key}.direction", "增加" if up else "减少")
        text += self.amount(f"{key}.change", abs(current - previous)) + "万元"
        if previous:
            rate = percentage(abs(current - previous), previous)
            text += "，" + (grow[0] if up else grow[1]) + self.word(f"{key}.growth", f"{rate}%")
        return text

    def than(self, current: int, previous: int) -> str:
        """比 before a change, 与 before 持平."""
        return "与" if self.is_same(current, previous) else "比"

    def comparison(self, key: str, actual: int, budget: int) -> str:
        """大于, 小于 or 等于, as actual stands to budget."""
        word = "等于" if self.is_same(actual, budget) else "大于" if actual > budget else "小于"
        return self.word(f"{key}.comparison", word)

    def reason(self, key: str, current: int, previous: int) -> str:
        """Return a reason that goes with the direction of the change."""
        if self.is_same(current, previous):
            return _REASONS["same"][0]
        choices = _REASONS["up" if current > previous else "down"]
        return self.word(f"{key}.reason", choices[sum(map(ord, key)) % len(choices)])
