"""``docs/rules.md``: every rule as officials and auditors read it, generated from the rule files and their cases.

python -m expectations.handbook > docs/rules.md
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from expectations.cases import Case, load_cases
from expectations.catalogue import FAMILIES, Rule, load_rules

_SEVERITIES = {"error": "差错", "warning": "疑点", "notice": "提示"}
_DOC_KINDS = {"final_accounts": "决算", "budget": "预算", "any": "决算、预算"}
_TOLERANCES = {
    "sum": "加总：各项舍入区间之和以内",
    "equal": "两数相等：两数舍入区间之和以内",
    "at_most": "不大于：超出部分在舍入区间之和以内",
    "at_least": "不小于：不足部分在舍入区间之和以内",
    "greater": "大于",
    "less": "小于",
    "unchanged": "持平：舍入区间之和以内",
    "nearly_unchanged": "基本持平：百分之一以内",
    "exact": "完全一致，无容差",
    "shares": "占比之和：(n + 1) 个末位半值以内",
    "direction": "方向词：差额在所述一侧；持平按舍入区间；基本持平百分之一以内",
    "percentage": "百分比：印出的区间与由金额推得的区间相交；相差末位一个数只提示",
    "growth": "增减率：由本期数与增减额倒算上期数，区间相交；相差末位一个数只提示",
    "growth_on_prior": "增减率：由两期金额计算，区间相交；相差末位一个数只提示",
    "score": "自评得分：按执行率一次或两次舍入均可",
}
_INTRODUCTION = """# 规则手册

由 `python -m expectations.handbook > docs/rules.md` 从规则文件（`expectations/rules/*.sql`）和样例
（`expectations/cases/*.yaml`）生成，请勿手改。编号即规则目录的编号，不重复使用。容差只有一处：
`warehouse/sql/rounding.sql`。

结论有五种：一致（exact）、尾差内一致（rounded）、不符（violated）、待复核（needs_review：数据来自识别或推断，
或表未完全识别）、未评估（not_evaluated，带原因）。没有结论不等于通过。
"""


def handbook(rules: Sequence[Rule], cases: dict[str, list[Case]]) -> str:
    """Return the whole handbook as Markdown."""
    counts = "、".join(
        f"{_SEVERITIES[severity]} {sum(rule.severity == severity for rule in rules)} 条"
        for severity in _SEVERITIES
    )
    parts = [_INTRODUCTION, f"现有规则 {len(rules)} 条：{counts}。\n"]
    for family, title in FAMILIES.items():
        own = [rule for rule in rules if rule.family == family]
        if own:
            parts.append(f"\n## {family} {title}（{len(own)} 条）\n")
            parts.extend(_entry(rule, cases.get(rule.id, [])) for rule in own)
    return "\n".join(parts)


def _entry(rule: Rule, cases: Sequence[Case]) -> str:
    lines = [
        f"### {rule.id} {rule.title}\n",
        f"{rule.sentence}\n",
        f"- 级别：{_SEVERITIES[rule.severity]}；适用：{_DOC_KINDS[rule.doc_kind]}；依据：{rule.basis}；版本：{rule.version}",
        f"- 公式：`{rule.formula.replace('`', '')}`" if rule.formula else "",
        f"- 容差：{_TOLERANCES[rule.kind]}",
        f"- 前提：{_needs(rule)}",
        f"- 不符的例子：{_example(cases)}" if _example(cases) else "",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _needs(rule: Rule) -> str:
    return "；".join("情况说明" if one == ("narrative",) else " 或 ".join(one) for one in rule.needs)


def _example(cases: Sequence[Case]) -> str:
    """The first violating case as one line: its name and, where it is short, what it prints."""
    for case in cases:
        if case.expect == "violated":
            shown = [*case.amounts, *case.sentences] if len(case.amounts) + len(case.sentences) <= 4 else []
            quoted = "，".join(f"`{text}`" for text in shown if text != "说明。")
            return case.name + (f"（{quoted}）" if quoted else "")
    return ""


def main() -> int:
    """Print the handbook."""
    sys.stdout.write(handbook(load_rules(), load_cases()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
