-- id: N-SHARE-SUM
-- title: 占比合计=100%
-- family: NAR
-- severity: warning
-- basis: B75;B143
-- kind: shares
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: |Σp−100| ≤ ½ulp·(n+1)
-- sentence: 同一总额的各项占比之和为 100%。
SELECT c.document_id, any_value(w.line_code) || ' ' || any_value(w.functional_code) AS subject, sum(c.value) AS actual, max(c.half_width) AS actual_half_width,
       100 AS expected, 0 AS expected_half_width, count(*) AS part_count,
       list(c.claim_id ORDER BY c.claim_id) AS evidence
FROM said c
JOIN context_amount p ON p.document_id = c.document_id AND p.context_no = c.context_no AND p.basis = 'none'
JOIN context_amount w ON w.document_id = c.document_id AND w.context_no = c.whole_context_no AND w.basis = 'none'
WHERE c.metric = 'share' AND NOT c.is_in_reason AND w.value <> 0
GROUP BY c.document_id, c.whole_context_no
HAVING count(*) > 1 AND judge_sum(any_value(w.value), any_value(w.half_width), sum(p.value), sum(p.half_width),
                                  count(*)::INTEGER).verdict <> 'violated'
