"""Narratives that list the parts of a whole under headings, by classifications and in numbered items."""

from __future__ import annotations

from tests.narrative.wordings import ANY, BUDGET, DOWN, EXECUTION, INITIAL, PRIOR, UP, Wording

LIST_WORDINGS = [
    Wording(
        "总额在前各项在标题下",
        "final_accounts",
        2021,
        [
            "某某县各部门2021年使用财政拨款安排的“三公”经费决算总额为{a}万元，较年初预算减少{p}%。其中：",
            "#一、因公出国（境）经费",
            "2021年因公出国（境）决算支出{b}万元。",
            "#二、公务用车购置及运行维护费",
            "2021年公务用车购置及运行费决算支出{c}万元，较年初预算减少{q}%其中：公务用车购置费{d}万元，公务用车运行维护费{e}万元。",
        ],
        [
            ("a", "amount", "none", None, "three_public.total"),
            ("p", "growth", INITIAL, DOWN, "three_public.total"),
            ("b", "amount", "none", None, "three_public.overseas_visits"),
            ("c", "amount", "none", None, "three_public.vehicles"),
            ("q", "growth", INITIAL, DOWN, "three_public.vehicles"),
            ("d", "amount", "none", None, "three_public.vehicle_purchase"),
            ("e", "amount", "none", None, "three_public.vehicle_operation"),
        ],
        {
            "three_public.overseas_visits": "three_public.total",
            "three_public.vehicles": "three_public.total",
            "three_public.vehicle_purchase": "three_public.vehicles",
        },
    ),
    Wording(
        "按功能分类列出",
        "budget",
        2022,
        [
            "#一、单位预算收支情况说明",
            "单位预算收入{a}万元，其中：其他收入{b}万元；上年结余结（转）{c}万元。",
            "单位预算支出{d}万元。其中：基本支出{e}万元。按支出功能分类：教育{f}万元，占总支出{p}%；"
            "社会保障和就业{g}万元；住房保障支出{h}万元。",
        ],
        [
            ("a", "amount", "none", None, "revenue.total"),
            ("b", "amount", "none", None, "revenue.other"),
            ("c", "amount", "none", None, "revenue.opening_carryover"),
            ("d", "amount", "none", None, "expenditure.total"),
            ("e", "amount", "none", None, "functional.total/basic"),
            ("f", "amount", "none", None, "205"),
            ("p", "share", "whole", None, "205"),
            ("g", "amount", "none", None, "208"),
            ("h", "amount", "none", None, "221"),
        ],
        {"205": "expenditure.total", "208": "expenditure.total", "221": "expenditure.total"},
    ),
    Wording(
        "科目不带级别",
        "budget",
        2023,
        [
            "#五、一般公共预算支出情况说明",
            "2023年一般公共预算支出{a}元，其中：基本支出{b}元，项目支出{c}元，具体如下：",
            "（一）一般公共预算支出按支出功能分类科目划分。",
            "机构运行{d}元，其中：基本支出{e}元，项目支出{f}元。主要用于单位日常运转。",
            "住房公积金{g}元，其中：基本支出{h}元，项目支出{i}元。主要用于缴纳住房公积金。",
            "（二）按支出结构分类划分，分为基本支出预算和项目支出预算。",
            "1.基本支出预算{j}元，占一般公共预算支出的{p}%。其中：",
            "工资福利支出预算{k}元，包括基本工资{l}元、住房公积金{m}元。",
        ],
        [
            ("a", "amount", "none", None, "functional.total/total"),
            ("b", "amount", "none", None, "functional.total/basic"),
            ("c", "amount", "none", None, "functional.total/project"),
            ("d", "amount", "none", None, "functional.item"),
            ("e", "amount", "none", None, "functional.item"),
            ("f", "amount", "none", None, "functional.item"),
            ("g", "amount", "none", None, "2210201"),
            ("h", "amount", "none", None, "2210201"),
            ("i", "amount", "none", None, "2210201"),
            ("j", "amount", "none", None, "functional.total/basic"),
            ("p", "share", "whole", None, "functional.total/basic"),
            ("k", "amount", "none", None, "301"),
            ("l", "amount", "none", None, "30101"),
            ("m", "amount", "none", None, "30113"),
        ],
        {"functional.total/basic": "functional.total/total", "301": "functional.total/basic", "30113": "301"},
    ),
    Wording(
        "原因里逐项列出增减",
        "final_accounts",
        2022,
        [
            "2022年“三公”经费决算数相较于上年增加{a}万元，主要原因是：",
            "1、公务用车购置全区增加{b}万元，增加的原因是更换到期车辆。",
            "2、公务接待费减少{c}万元，减少的原因是厉行节约。",
            "2022年区直部门“三公”经费决算数为{d}万元，比预算数减少{e}万元，主要原因为从严控制。具体情况为：",
            "（1）因公出国（境）费决算数{f}万元，比预算数减少{g}万元。",
        ],
        [
            ("a", "change", PRIOR, UP, "three_public.total"),
            ("b", "change", PRIOR, UP, "three_public.vehicle_purchase"),
            ("c", "change", PRIOR, DOWN, "three_public.hospitality"),
            ("d", "amount", "none", None, "three_public.total"),
            ("e", "change", ANY, DOWN, "three_public.total"),
            ("f", "amount", "none", None, "three_public.overseas_visits"),
            ("g", "change", ANY, DOWN, "three_public.overseas_visits"),
        ],
        {"three_public.overseas_visits": "three_public.total"},
    ),
    Wording(
        "采购按资金和项目类型列出",
        "budget",
        2024,
        [
            "#（二）政府采购预算安排情况",
            "2024年政府采购预算{a}元，同比增加{b}元。",
            "按政府采购资金类型划分，财政专户管理资金安排{c}元。",
            "按政府采购项目类型，分为货物类采购和服务类采购。其中：货物类采购{d}元；服务类采购{e}元，占政府采购预算{p}%。",
        ],
        [
            ("a", "amount", "none", None, "procurement.total"),
            ("b", "change", BUDGET, UP, "procurement.total"),
            ("c", "amount", "none", None, "财政专户管理资金"),
            ("d", "amount", "none", None, "procurement.goods"),
            ("e", "amount", "none", None, "procurement.services"),
            ("p", "share", "whole", None, "procurement.services"),
        ],
        {"财政专户管理资金": "procurement.total", "procurement.goods": "procurement.total"},
    ),
    Wording(
        "国内接待与外宾",
        "final_accounts",
        2022,
        [
            "公务接待费2022年决算数为{a}万元。2022年国内接待{b}批，共计{c}人次；接待外宾{d}批，共计{e}人次。",
            "公务用车维护费决算数为{f}万元。",
        ],
        [
            ("a", "amount", "none", None, "three_public.hospitality"),
            ("b", "count", "none", None, "three_public.hospitality.domestic"),
            ("c", "count", "none", None, "three_public.hospitality.domestic"),
            ("d", "count", "none", None, "three_public.hospitality.foreign"),
            ("e", "count", "none", None, "three_public.hospitality.foreign"),
            ("f", "amount", "none", None, "three_public.vehicle_operation"),
        ],
        {"three_public.hospitality.foreign": "three_public.hospitality"},
    ),
    Wording(
        "各项分别增减",
        "budget",
        2024,
        [
            "2024年“三公”经费财政拨款预算{a}万元中，因公出国（境）费{b}万元，公务用车购置及运行费{c}万元，公务接待费{d}万元。"
            "与2023年预算执行数相比，分别减少{e}万元、{f}万元、{g}万元。",
        ],
        [
            ("a", "amount", "none", None, "three_public.total"),
            ("b", "amount", "none", None, "three_public.overseas_visits"),
            ("c", "amount", "none", None, "three_public.vehicles"),
            ("d", "amount", "none", None, "three_public.hospitality"),
            ("e", "change", EXECUTION, DOWN, "three_public.overseas_visits"),
            ("f", "change", EXECUTION, DOWN, "three_public.vehicles"),
            ("g", "change", EXECUTION, DOWN, "three_public.hospitality"),
        ],
    ),
    Wording(
        "上年决算在汇总的话后面",
        "budget",
        2024,
        [
            "经财政局汇总，2023年全区，包括行政单位、事业单位和其他单位用财政拨款开支的因公出国（境）经费、"
            "公务用车购置及运行费、公务接待费决算支出{a}万元。其中，公务接待费{b}万元。",
            "全年车辆运行费{c}万元。其中涉外的公务接待费支出{d}万元。而其他公务接待费支出{e}万元。",
            "加上上级补助和上年结转，支出总量为{f}万元。",
        ],
        [
            ("a", "amount", PRIOR, None, "three_public.total"),
            ("b", "amount", PRIOR, None, "three_public.hospitality"),
            ("c", "amount", "none", None, "three_public.vehicle_operation"),
            ("d", "amount", "none", None, "three_public.hospitality.foreign"),
            ("e", "amount", "none", None, "其他公务接待费支出"),  # not all hospitality
            ("f", "amount", "none", None, "支出总量"),  # with transfers, which no line of the unit's holds
        ],
    ),
]
