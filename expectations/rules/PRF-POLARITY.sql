-- id: PRF-POLARITY
-- title: 指标方向/名称与目标矛盾
-- family: PRF
-- severity: warning
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 2
-- formula: 名称含满意度/合格率 ∧ target“=0”；名称含事故/投诉 ∧ target“≥”
-- sentence: 满意度、合格率类指标的目标不为零，事故、投诉类指标的目标不写“不低于”。
SELECT document_id, left(concat_ws(' ', project, level_three), 80) AS subject,
       ((regexp_matches(level_three, '满意度|合格率|达标率') AND regexp_matches(target, '^[=≤＝]?0%?$'))
        OR (regexp_matches(level_three, '事故|投诉') AND regexp_matches(target, '^[≥＞>]')))::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [coalesce(target_cell, score_cell)] AS evidence
FROM indicator WHERE regexp_matches(level_three, '满意度|合格率|达标率|事故|投诉') AND target <> ''
