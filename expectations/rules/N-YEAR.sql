-- id: N-YEAR
-- title: 段落年度与报告年度不符
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: 主语年度∉{FY} (比较句∉{FY−1})
-- sentence: 情况说明中本年金额的年度等于报告年度。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject, c.subject_year AS actual,
       0 AS actual_half_width, c.fiscal_year AS expected, 0 AS expected_half_width, 1 AS part_count, [c.claim_id] AS evidence
FROM said c
WHERE c.metric = 'amount' AND c.basis = 'none' AND c.subject_year IS NOT NULL AND NOT c.is_in_reason
  AND c.subject_kind IN ('statement_line', 'functional', 'three_public', 'agency_operating_cost') AND c.sheet IS NOT NULL
  AND c.document_id NOT IN (FROM year_in_doubt)
UNION ALL BY NAME
-- a figure of this year under an earlier year: nothing else is said of this year, and the statement has this amount now
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, 'none') AS subject, c.subject_year AS actual,
       0 AS actual_half_width, c.fiscal_year AS expected, 0 AS expected_half_width, 1 AS part_count, [c.claim_id, f.cell_id] AS evidence
FROM said c
JOIN figure f ON f.document_id = c.document_id AND f.sheet = c.sheet AND f.line_code = c.line_code AND f.measure = c.measure
    AND f.functional_code = c.functional_code AND f.stage = 'current' AND f.item = '' AND f.is_money
    AND abs(f.value - c.value) <= f.half_width + c.half_width
WHERE c.metric = 'amount' AND c.basis LIKE 'prior_%' AND c.subject_year < c.fiscal_year AND NOT c.is_in_reason AND c.is_money AND c.value > 0
  AND c.subject_kind IN ('statement_line', 'functional', 'three_public', 'agency_operating_cost')
  AND NOT EXISTS (SELECT 1 FROM context_amount n WHERE n.document_id = c.document_id AND n.context_no = c.context_no AND n.basis = 'none')
  AND c.document_id NOT IN (FROM year_in_doubt)
QUALIFY row_number() OVER (PARTITION BY c.claim_id ORDER BY f.cell_id) = 1
