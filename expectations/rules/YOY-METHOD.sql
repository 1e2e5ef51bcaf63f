-- id: YOY-METHOD
-- title: 统计口径变更后仍作同比
-- family: YOY
-- severity: notice
-- basis: B75
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 文含“口径差异” ∧ |g|>50% ⇒ 打断跨年比较
-- sentence: 统计口径变了的，增减率不与上年直接比较。
SELECT c.document_id, '' AS subject, count(DISTINCT c.claim_id) FILTER (abs(c.value) > 50 AND regexp_matches(r.text, '口径')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(DISTINCT c.claim_id ORDER BY c.claim_id) FILTER (abs(c.value) > 50 AND regexp_matches(r.text, '口径'))[1:10] AS evidence
FROM said c JOIN said r ON r.document_id = c.document_id AND r.context_no = c.context_no AND r.metric = 'reason'
WHERE c.metric = 'growth' AND c.basis IN ('prior_budget', 'prior_year_final') AND NOT c.is_in_reason
GROUP BY c.document_id
