-- id: N-GROWTH
-- title: 增减率复算
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: growth
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: p = 100·Δ/(cur∓Δ)
-- sentence: 增减率等于增减额除以上期数（由本期数和增减额倒算）。
SELECT g.document_id, said_subject(g.line_code, g.measure, g.functional_code, g.economic_code, g.functional_path, g.subject_text, g.basis) AS subject,
       CASE g.direction WHEN 'decrease' THEN -g.value ELSE g.value END AS actual, g.half_width AS actual_half_width,
       a.value AS part, a.half_width AS part_half_width,
       CASE c.direction WHEN 'decrease' THEN -c.value ELSE c.value END AS whole, c.half_width AS whole_half_width,
       1 AS part_count, [g.claim_id, c.claim_id, a.claim_id] AS evidence
FROM said g
JOIN context_change c ON c.document_id = g.document_id AND c.context_no = g.context_no AND c.basis = g.basis
JOIN context_amount a ON a.document_id = g.document_id AND a.context_no = g.context_no AND a.basis = 'none'
WHERE NOT (g.value = 0 AND c.value = 0 AND a.value = 0)  -- 0 of 0 is 0 %: nobody has to act on it
  AND g.metric = 'growth' AND g.direction IN ('increase', 'decrease') AND NOT g.is_in_reason
  AND (c.direction = 'decrease' OR c.value <= a.value + a.half_width + c.half_width)
