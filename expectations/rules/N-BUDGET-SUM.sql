-- id: N-BUDGET-SUM
-- title: 分项年初(全年)预算合计=总额
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: sum
-- doc_kind: final_accounts
-- needs: narrative
-- version: 1
-- formula: Σ bud_i = bud_total
-- sentence: 分项的年初（全年）预算之和等于预算总额。
SELECT b.document_id, b.basis || ' ' || b.part_count AS subject, b.whole AS actual, b.whole_half_width AS actual_half_width, b.parts AS expected,
       b.parts_half_width AS expected_half_width, b.part_count, list_prepend(b.whole_claim_id, b.part_claim_ids) AS evidence
FROM context_parts b JOIN context_parts a
    ON a.document_id = b.document_id AND a.whole_context_no = b.whole_context_no AND a.basis = 'none'
WHERE b.basis IN ('initial_budget', 'full_year_budget', 'budget') AND b.part_count = a.part_count AND b.part_count > 1
  AND judge_sum(a.whole, a.whole_half_width, a.parts, a.parts_half_width, a.part_count::INTEGER).verdict <> 'violated'
