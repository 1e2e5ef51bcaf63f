-- id: YOY-FLAT-SG
-- title: 称与上年持平但上年不等
-- family: YOY
-- severity: warning
-- basis: B75
-- kind: equal
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 持平 ⇒ prev = cur
-- sentence: 称与上年持平的数，与上年文件的同一数相等。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject,
       l.value AS actual, l.half_width AS actual_half_width, l.prior_value AS expected, l.prior_half_width AS expected_half_width,
       1 AS part_count, [c.claim_id, l.cell_id, l.prior_cell_id] AS evidence
FROM said c JOIN place_last_year l ON l.document_id = c.document_id AND l.context_no = c.context_no
WHERE c.metric = 'direction' AND c.direction = 'equal' AND NOT c.is_in_reason
  AND c.basis = CASE c.doc_kind WHEN 'budget' THEN 'prior_budget' ELSE 'prior_year_final' END
QUALIFY row_number() OVER (PARTITION BY c.claim_id ORDER BY abs(l.value - l.prior_value), l.prior_cell_id) = 1
