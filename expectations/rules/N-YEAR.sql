-- id: N-YEAR
-- title: 段落年度与报告年度不符
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 主语年度∉{FY} (比较句∉{FY−1})
-- sentence: 情况说明中本年金额的年度等于报告年度。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject, c.subject_year AS actual,
       0 AS actual_half_width, c.fiscal_year AS expected, 0 AS expected_half_width, 1 AS part_count, [c.claim_id] AS evidence
FROM said c
WHERE c.metric = 'amount' AND c.basis = 'none' AND c.subject_year IS NOT NULL AND NOT c.is_in_reason
  AND c.subject_kind IN ('statement_line', 'functional', 'three_public') AND c.sheet IS NOT NULL
  AND c.document_id NOT IN (FROM year_in_doubt)
