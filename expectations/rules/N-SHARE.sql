-- id: N-SHARE
-- title: 占比复算
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: percentage
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: p = 100·part/whole
-- sentence: 情况说明中的占比等于部分除以总额。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject,
       c.value AS actual, c.half_width AS actual_half_width, p.value AS part, p.half_width AS part_half_width,
       w.value AS whole, w.half_width AS whole_half_width, 1 AS part_count, [c.claim_id, p.claim_id, w.claim_id] AS evidence
FROM said c
JOIN context_amount p ON p.document_id = c.document_id AND p.context_no = c.context_no AND p.basis = 'none'
JOIN context_amount w ON w.document_id = c.document_id AND w.context_no = c.whole_context_no AND w.basis = 'none'
WHERE c.metric = 'share' AND NOT c.is_in_reason AND c.subject_kind NOT IN ('other', 'performance', 'organisation')
  AND p.value <= w.value + w.half_width
