-- id: N-ACT-SUM
-- title: 分项决算合计=总额
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: sum
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: Σ act_i = act_total
-- sentence: 分项金额之和等于总额（分项的占比之和为 100%、分项预算之和等于预算总额，或分项为人员、公用和项目时）。
SELECT a.document_id, a.part_count || '项' AS subject, a.whole AS actual, a.whole_half_width AS actual_half_width, a.parts AS expected,
       -- shares that add up to 100 % prove a partition no finer than their own last digit
       a.parts_half_width + CASE WHEN judge_sum(b.whole, b.whole_half_width, b.parts, b.parts_half_width,
                                                b.part_count::INTEGER).verdict <> 'violated' THEN 0
            ELSE a.whole::DECIMAL(28, 2) * (coalesce(s.half_width, 0) * (a.part_count + 1))::DECIMAL(10, 6) * 0.01 END
       AS expected_half_width, a.part_count, list_prepend(a.whole_claim_id, a.part_claim_ids) AS evidence,
       CASE WHEN b.document_id IS NULL AND s.document_id IS NULL THEN 'indirect' END AS note
FROM context_parts a
LEFT JOIN context_parts b ON b.document_id = a.document_id AND b.whole_context_no = a.whole_context_no
    AND b.basis IN ('initial_budget', 'full_year_budget', 'budget') AND b.part_count = a.part_count
LEFT JOIN (
    SELECT document_id, whole_context_no, sum(value) AS shares, max(half_width) AS half_width, count(*) AS share_count
    FROM said WHERE metric = 'share' AND NOT is_in_reason GROUP BY ALL
) s ON s.document_id = a.document_id AND s.whole_context_no = a.whole_context_no AND s.share_count = a.part_count
WHERE a.basis = 'none' AND a.part_count > 1
  AND (judge_sum(b.whole, b.whole_half_width, b.parts, b.parts_half_width, b.part_count::INTEGER).verdict <> 'violated'
       OR judge_shares(s.shares, s.half_width, 100, 0, s.share_count::INTEGER).verdict <> 'violated'
       -- whatever is spent is spent on staff, on running the office, or on projects
       OR list_has_all(a.part_lines, ['economic.personnel_total total', 'economic.general_operating_total total', 'functional.total project']))
