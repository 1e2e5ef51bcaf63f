-- id: N-GROWTH-PAIR
-- title: 两期金额与增减率复算
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: growth_on_prior
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: p = 100·|cur−prev|/prev，方向词与符号一致
-- sentence: 两期金额都写出时，增减率等于两期之差除以上期数，方向与差额一致。
SELECT g.document_id, said_subject(g.line_code, g.measure, g.functional_code, g.economic_code, g.functional_path, g.subject_text, g.basis) AS subject,
       CASE g.direction WHEN 'decrease' THEN -g.value ELSE g.value END AS actual, g.half_width AS actual_half_width,
       a.value AS part, a.half_width AS part_half_width, p.value AS whole, p.half_width AS whole_half_width,
       1 AS part_count, [g.claim_id, a.claim_id, p.claim_id] AS evidence
FROM said g
JOIN context_amount a ON a.document_id = g.document_id AND a.context_no = g.context_no AND a.basis = 'none'
JOIN context_amount p ON p.document_id = g.document_id AND p.context_no = g.context_no AND p.basis = g.basis
WHERE g.metric = 'growth' AND g.direction IN ('increase', 'decrease') AND NOT g.is_in_reason
  AND g.basis LIKE 'prior_%'
