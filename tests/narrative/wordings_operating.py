"""Three-public expenditure, procurement, vehicles and performance told in final accounts, after disclosures met on the web."""

from __future__ import annotations

from tests.narrative.wordings import ANY, DOWN, INITIAL, PRIOR, UP, Wording

OPERATING_WORDINGS = [
    Wording(
        "安徽三公决算",
        "final_accounts",
        2021,
        [
            "#二、一般公共预算财政拨款“三公”经费支出情况说明",
            "某某市商务局2021年度“三公”经费支出决算中，公务接待费支出决算{a}万元，占{p}%；公务用车购置及运行维护费支出决算{b}万元，占{q}%。具体情况如下：",
            "1.公务接待费支出{c}万元，与2021年度预算相比，增加{d}万元，增长{r}%，增长的原因是新增机构。"
            "2021年国内公务接待共{i}批次（其中外事接待{j}批次），{k}人次（其中外事接待{l}人次）。",
            "2.公务用车购置及运行维护费支出{e}万元，与2021年度预算相比无变化。其中：公务用车运行维护费支出{f}万元。",
        ],
        [
            ("a", "amount", "none", None, "three_public.hospitality"),
            ("p", "share", "whole", None, "three_public.hospitality"),
            ("b", "amount", "none", None, "three_public.vehicles"),
            ("q", "share", "whole", None, "three_public.vehicles"),
            ("c", "amount", "none", None, "three_public.hospitality"),
            ("d", "change", ANY, UP, "three_public.hospitality"),
            ("r", "growth", ANY, UP, "three_public.hospitality"),
            ("i", "count", "none", None, "three_public.hospitality.domestic"),
            ("j", "count", "none", None, "three_public.hospitality.foreign"),
            ("k", "count", "none", None, "three_public.hospitality.domestic"),
            ("l", "count", "none", None, "three_public.hospitality.foreign"),
            ("e", "amount", "none", None, "three_public.vehicles"),
            ("f", "amount", "none", None, "three_public.vehicle_operation"),
        ],
    ),
    Wording(
        "浙江三公",
        "final_accounts",
        2018,
        [
            "#七、“三公”经费支出决算情况说明",
            "因公出国（境）经费、公务接待费、公车购置费和公车运行费（“三公”经费）决算总额{a}万元，比上年下降{p}%。"
            "分项情况是：因公出国（境）经费决算{b}万元，比上年增长{q}%；公车购置及运行费决算{c}万元（其中公车购置费{d}万元，公车运行费{e}万元），"
            "比上年决算数下降{r}%。",
            "相比2017年公务接待费减少{f}万元，国内公务接待批次为{i}个，接待人次为{j}人，保有公务用车三辆。",
        ],
        [
            ("a", "amount", "none", None, "three_public.total"),
            ("p", "growth", PRIOR, DOWN, "three_public.total"),
            ("b", "amount", "none", None, "three_public.overseas_visits"),
            ("q", "growth", PRIOR, UP, "three_public.overseas_visits"),
            ("c", "amount", "none", None, "three_public.vehicles"),
            ("d", "amount", "none", None, "three_public.vehicle_purchase"),
            ("e", "amount", "none", None, "three_public.vehicle_operation"),
            ("r", "growth", PRIOR, DOWN, "three_public.vehicles"),
            ("f", "change", PRIOR, DOWN, "three_public.hospitality"),
            ("i", "count", "none", None, "three_public.hospitality.domestic"),
            ("j", "count", "none", None, "three_public.hospitality.domestic"),
            ("三", "count", "none", None, "vehicles.total"),
        ],
        {
            "three_public.overseas_visits": "three_public.total",
            "three_public.vehicle_purchase": "three_public.vehicles",
        },
    ),
    Wording(
        "云南决算",
        "final_accounts",
        2023,
        [
            "#二、支出决算情况说明",
            "#（一）基本支出情况",
            "2023年度用于保障某某市商务局机关正常运转的日常支出{a}万元。其中：基本工资、津贴补贴等人员经费支出{b}万元，占基本支出的{p}%。",
            "#（二）项目支出情况",
            "2023年度用于保障某某市商务局为完成特定的行政工作任务，用于专项业务工作的经费支出{c}万元。",
            "#四、财政拨款“三公”经费支出决算情况说明",
            "公务接待费支出年初预算为{d}万元，决算为{e}万元，占财政拨款“三公”经费总支出决算的{q}%，完成年初预算的{r}%。",
            "#二、国有资产占用情况",
            "车辆{i}辆，价值{f}万元，其中：机要通信用车{j}辆。处置车辆{k}辆，账面原值{g}万元。",
        ],
        [
            ("a", "amount", "none", None, "functional.total/basic"),
            ("b", "amount", "none", None, "economic.personnel_total"),
            ("p", "share", "whole", None, "economic.personnel_total"),
            ("c", "amount", "none", None, "functional.total/project"),
            ("d", "amount", INITIAL, None, "three_public.hospitality"),
            ("e", "amount", "none", None, "three_public.hospitality"),
            ("q", "share", "whole", None, "three_public.hospitality"),
            ("r", "completion", INITIAL, None, "three_public.hospitality"),
            ("i", "count", "none", None, "vehicles.total"),
            ("f", "amount", "none", None, "vehicles.total"),
            ("j", "count", "none", None, "vehicles.confidential_communication"),
            ("k", "count", "none", None, "vehicles.total"),
            ("g", "amount", "none", None, "vehicles.total"),
        ],
        {
            "economic.personnel_total": "functional.total/basic",
            "vehicles.confidential_communication": "vehicles.total",
        },
    ),
    Wording(
        "湖北山东决算",
        "final_accounts",
        2021,
        [
            "#一、收入支出决算总体情况说明",
            "2021年度收入总计、支出总计均为{a}万元。财政拨款收入支出总体与上年相比，增加{b}万元。",
            "#八、“三公”经费支出决算情况说明",
            "公务用车购置费支出{c}万元，本年度购置（更新）公务用车{i}辆。国内接待费{d}万元，主要用于上级检查，"
            "共接待国内来访团组{j}个、来访人员{k}人次；国（境）外接待费{e}万元，共接待国（境）外来访团组{l}个。",
            "公务接待费{f}万元，与2020年度相比，增加{g}万元（上年决算数为{h}万元）。",
        ],
        [
            ("a", "amount", "none", None, "revenue.total"),
            ("a", "amount", "none", None, "expenditure.total"),
            ("b", "change", PRIOR, UP, "revenue.total"),
            ("b", "change", PRIOR, UP, "expenditure.total"),
            ("c", "amount", "none", None, "three_public.vehicle_purchase"),
            ("i", "count", "none", None, "three_public.vehicle_purchase"),
            ("d", "amount", "none", None, "three_public.hospitality.domestic"),
            ("j", "count", "none", None, "three_public.hospitality.domestic"),
            ("k", "count", "none", None, "three_public.hospitality.domestic"),
            ("e", "amount", "none", None, "three_public.hospitality.abroad"),
            ("l", "count", "none", None, "three_public.hospitality.abroad"),
            ("f", "amount", "none", None, "three_public.hospitality"),
            ("g", "change", PRIOR, UP, "three_public.hospitality"),
            ("h", "amount", PRIOR, None, "three_public.hospitality"),
        ],
    ),
    Wording(
        "基数为零与比较",
        "final_accounts",
        2020,
        [
            "#七、“三公”经费支出决算情况说明",
            "经比较，2020年度“三公”经费支出合计{a}万元，较上年减少{b}万元。其中：因公出国（境）费支出{c}万元，"
            "比上年决算数增加{d}万元，增长--（基数为0，不可比）；公务用车运维费{e}万元。",
            "经比较2020年度镇本级“三公”经费{f}万元，较年初预算数减少{g}万元。",
            "#八、政府采购情况",
            "本部门政府采购支出合计{h}万元。",
        ],
        [
            ("a", "amount", "none", None, "three_public.total"),
            ("b", "change", PRIOR, DOWN, "three_public.total"),
            ("c", "amount", "none", None, "three_public.overseas_visits"),
            ("d", "change", PRIOR, UP, "three_public.overseas_visits"),
            ("e", "amount", "none", None, "three_public.vehicle_operation"),
            ("f", "amount", "none", None, "three_public.total"),
            ("g", "change", INITIAL, DOWN, "three_public.total"),
            ("h", "amount", "none", None, "procurement.total"),
        ],
    ),
    Wording(
        "全年支出与购置车辆",
        "final_accounts",
        2023,
        [
            "#“三公”经费支出决算情况说明",
            "公务用车运行维护费全年支出{a}万元，较年初预算减少{b}万元，较上年增加{c}万元；公务接待费全年支出{d}万元。",
            "公务用车购置支出{e}万元，购置车辆{i}辆。",
        ],
        [
            ("a", "amount", "none", None, "three_public.vehicle_operation"),
            ("b", "change", INITIAL, DOWN, "three_public.vehicle_operation"),
            ("c", "change", PRIOR, UP, "three_public.vehicle_operation"),
            ("d", "amount", "none", None, "three_public.hospitality"),
            ("e", "amount", "none", None, "three_public.vehicle_purchase"),
            ("i", "count", "none", None, "three_public.vehicle_purchase"),
        ],
    ),
    Wording(
        "三公总称与运行费的归属",
        "final_accounts",
        2023,
        [
            "市级部门因公出国（境）费、公务用车购置及运行费、公务接待费（“三公”经费）支出合计{a}万元，比预算数减少{b}万元。"
            "其中：因公出国（境）经费费{c}万元；公务车购置及运行维护费{d}万元，完成预算的{p}%；其中：公务用车购置费{e}万元；"
            "公务用车运行费维护费{f}万元；公务接待费{g}万元，减少{h}万元。",
        ],
        [
            ("a", "amount", "none", None, "three_public.total"),
            ("b", "change", ANY, DOWN, "three_public.total"),
            ("c", "amount", "none", None, "three_public.overseas_visits"),
            ("d", "amount", "none", None, "three_public.vehicles"),
            ("p", "completion", ANY, None, "three_public.vehicles"),
            ("e", "amount", "none", None, "three_public.vehicle_purchase"),
            ("f", "amount", "none", None, "three_public.vehicle_operation"),
            ("g", "amount", "none", None, "three_public.hospitality"),
            ("h", "change", ANY, DOWN, "three_public.hospitality"),
        ],
        {
            "three_public.vehicles": "three_public.total",
            "three_public.vehicle_purchase": "three_public.vehicles",
            "three_public.vehicle_operation": "three_public.vehicles",
            "three_public.hospitality": "three_public.total",
        },
    ),
    Wording(
        "三公与预算对比决算",
        "final_accounts",
        2023,
        [
            "#二、“三公”经费支出与年初预算对比情况",
            "2023年度“三公”经费支出{a}万元，年初预算为{b}万元，差值为{c}万元。"
            "其中：因公出国（境）支出{d}万元，年初预算为{e}万元；公务接待费支出{f}万元，年初预算为{g}万元。",
        ],
        [
            ("a", "amount", "none", None, "three_public.total"),
            ("b", "amount", INITIAL, None, "three_public.total"),
            ("c", "change", INITIAL, None, "three_public.total"),
            ("d", "amount", "none", None, "three_public.overseas_visits"),
            ("e", "amount", INITIAL, None, "three_public.overseas_visits"),
            ("f", "amount", "none", None, "three_public.hospitality"),
            ("g", "amount", INITIAL, None, "three_public.hospitality"),
        ],
        {
            "three_public.overseas_visits": "three_public.total",
            "three_public.hospitality": "three_public.total",
        },
    ),
    Wording(
        "自评等级逐个写明",
        "final_accounts",
        2024,
        [
            "本部门组织对{a}个项目支出全面开展绩效自评。其中：评价等级为“优”的项目{b}个，“良”的项目{c}个，“中”的项目{d}个，“差”的项目{e}个。",
        ],
        [
            ("a", "count", "none", None, "performance.self_evaluation"),
            ("b", "count", "none", None, "performance.grade_excellent"),
            ("c", "count", "none", None, "performance.grade_good"),
            ("d", "count", "none", None, "performance.grade_medium"),
            ("e", "count", "none", None, "performance.grade_poor"),
        ],
    ),
    Wording(
        "自评等级后面没有“项目”",
        "final_accounts",
        2024,
        [
            "本部门对项目支出开展绩效自评，共涉及项目{a}个，其中评价等级为“优”的{b}个、“良”的{c}个、“中”的{d}个。"
        ],
        [
            ("a", "count", "none", None, "performance.self_evaluation"),
            ("b", "count", "none", None, "performance.grade_excellent"),
            ("c", "count", "none", None, "performance.grade_good"),
            ("d", "count", "none", None, "performance.grade_medium"),
        ],
    ),
    Wording(
        "占全部采购支出",
        "final_accounts",
        2024,
        [
            "#（二）政府采购支出情况",
            "2024年度政府采购支出总额{a}万元。授予中小企业合同金额{b}万元，占全部采购支出的{p}%，其中：授予小微企业合同金额{c}万元，占全部采购支出的{q}%。",
        ],
        [
            ("a", "amount", "none", None, "procurement.total"),
            ("b", "amount", "none", None, "procurement.sme"),
            ("p", "share", "whole", None, "procurement.sme"),
            ("c", "amount", "none", None, "procurement.small_micro"),
            ("q", "share", "whole", None, "procurement.small_micro"),
        ],
    ),
]
