-- id: BUD-N-TOTAL
-- title: 收入/支出/财政拨款三处一致
-- family: BUD
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: budget
-- needs: narrative
-- version: 1
-- formula: 收入=支出=财政拨款 (无其他收入)
-- sentence: 编制说明中的收入预算等于支出预算。
WITH total AS (
    SELECT document_id, line_code, min(value) AS value, max(half_width) AS half_width, min(claim_id) AS claim_id FROM said
    WHERE metric = 'amount' AND basis = 'none' AND is_money AND NOT is_in_reason AND parent_context_no IS NULL
      AND line_code IN ('revenue.total', 'expenditure.total') AND coalesce(subject_year, fiscal_year) = fiscal_year
      AND regexp_matches(subject_text, '总计|总额|预算')
    GROUP BY document_id, line_code HAVING min(value) = max(value)
)
SELECT r.document_id, '' AS subject, r.value AS actual, r.half_width AS actual_half_width, e.value AS expected,
       e.half_width AS expected_half_width, 1 AS part_count, [r.claim_id, e.claim_id] AS evidence
FROM total r JOIN total e USING (document_id) WHERE r.line_code = 'revenue.total' AND e.line_code = 'expenditure.total'
