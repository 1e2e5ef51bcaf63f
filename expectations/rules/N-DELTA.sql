-- id: N-DELTA
-- title: 增减额=两期金额之差
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: Δ = cur − prev（或 cur − bud）
-- sentence: 两期金额（或预算数与决算数）都写出时，增减额等于两者之差。
WITH compared AS (
    SELECT document_id, context_no, basis, value, half_width, claim_id FROM context_amount WHERE basis LIKE 'prior_%'
    UNION ALL
    SELECT document_id, context_no, named_basis, value, half_width, claim_id FROM context_budget
)
SELECT c.document_id, concat_ws(' ', nullif(c.line_code, ''), nullif(nullif(c.measure, ''), 'total'), nullif(c.functional_code, ''),
                                nullif(c.economic_code, ''), c.basis) AS subject,
       c.signed AS actual, c.half_width AS actual_half_width, a.value - p.value AS expected,
       a.half_width + p.half_width AS expected_half_width, 2 AS part_count, [c.claim_id, a.claim_id, p.claim_id] AS evidence,
       [CASE c.direction WHEN 'decrease' THEN -1 ELSE 1 END, -1, 1] AS signs
FROM context_change c
JOIN context_amount a ON a.document_id = c.document_id AND a.context_no = c.context_no AND a.basis = 'none'
JOIN compared p ON p.document_id = c.document_id AND p.context_no = c.context_no AND p.basis = c.basis
JOIN said m ON m.claim_id = c.claim_id
WHERE (c.line_code <> '' OR c.functional_code <> '' OR c.economic_code <> '')
  -- compared with last year's amount as it would be now, which is not the one printed
  AND NOT coalesce(regexp_matches(m.sentence, '同口径|可比口径|剔除|扣除|还原'), false)
