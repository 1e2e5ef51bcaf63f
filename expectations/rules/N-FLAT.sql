-- id: N-FLAT
-- title: 称持平而数值不同
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: direction
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 词=持平 ⇒ |cur−prev| ≤ tol
-- sentence: 称与上期持平的，两期金额相等（基本持平允许相差百分之一）；写了增减额或增减率的，不得同时称持平。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject,
       a.value AS actual, a.half_width AS actual_half_width, p.value AS expected, p.half_width AS expected_half_width,
       c.direction, 1 AS part_count, [c.claim_id, a.claim_id, p.claim_id] AS evidence
FROM said c
JOIN context_amount a ON a.document_id = c.document_id AND a.context_no = c.context_no AND a.basis = 'none'
JOIN context_amount p ON p.document_id = c.document_id AND p.context_no = c.context_no AND p.basis = c.basis
WHERE c.metric = 'direction' AND c.direction IN ('equal', 'nearly_equal') AND NOT c.is_in_reason
  AND c.basis <> 'none'
