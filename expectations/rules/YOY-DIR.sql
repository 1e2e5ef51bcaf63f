-- id: YOY-DIR
-- title: 增减方向与上年文件不符
-- family: YOY
-- severity: warning
-- basis: B75
-- kind: direction
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: sign(cur − prev(y−1)) = 方向词
-- sentence: 称比上年增加或减少的数，与上年文件的同一数相比方向一致。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject,
       c.direction, l.value AS actual, l.half_width AS actual_half_width, l.prior_value AS expected,
       l.prior_half_width AS expected_half_width, 1 AS part_count, [c.claim_id, l.cell_id, l.prior_cell_id] AS evidence
FROM said c JOIN place_last_year l ON l.document_id = c.document_id AND l.context_no = c.context_no
WHERE c.metric IN ('change', 'growth', 'direction') AND c.direction IN ('increase', 'decrease') AND NOT c.is_in_reason
  AND coalesce(c.value, 1) > 0
  AND c.basis = CASE c.doc_kind WHEN 'budget' THEN 'prior_budget' ELSE 'prior_year_final' END
-- one direction a context, and the place whose change has the direction said, if there is one
QUALIFY count(DISTINCT c.direction) OVER (PARTITION BY c.document_id, c.context_no, c.basis) = 1
    AND row_number() OVER (PARTITION BY c.document_id, c.context_no ORDER BY
        (l.value > l.prior_value) = (c.direction = 'increase') DESC, c.claim_id, l.prior_cell_id) = 1
