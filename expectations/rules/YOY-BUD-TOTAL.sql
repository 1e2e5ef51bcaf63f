-- id: YOY-BUD-TOTAL
-- title: 年初预算数=当年预算公开
-- family: YOY
-- severity: warning
-- basis: B75
-- kind: equal
-- doc_kind: final_accounts
-- needs: narrative
-- version: 1
-- formula: NR.年初预算(总,类,项) = bud(y).BT05
-- sentence: 说明所写的年初预算（总额、类、款、项）等于当年公开的预算。
SELECT s.document_id, said_subject(s.line_code, s.measure, s.functional_code, s.economic_code, s.functional_path, s.subject_text, s.basis) AS subject,
       s.value AS actual, s.half_width AS actual_half_width, f.value AS expected, f.half_width AS expected_half_width,
       1 AS part_count, [s.claim_id, f.cell_id] AS evidence
FROM said s JOIN budget_document b USING (document_id)
LEFT JOIN same_quantity q ON q.sheet = s.sheet AND q.line_code = s.line_code
JOIN figure f ON f.document_id = b.budget_id AND f.stage = 'current' AND f.instances = 1 AND f.is_money
    AND f.measure = 'total' AND f.item = '' AND f.economic_code = '' AND f.state NOT IN ('blank', 'dash')
    AND CASE WHEN s.functional_code <> '' THEN f.functional_code = s.functional_code AND f.sheet IN ('T03', 'T04', 'T05')
             ELSE f.functional_code = '' AND (f.sheet, f.line_code) IN ((s.sheet, s.line_code), (q.other_sheet, q.other_line)) END
WHERE s.metric = 'amount' AND s.basis = 'initial_budget' AND s.is_money AND NOT s.is_in_reason AND s.economic_code = ''
  AND s.measure IN ('', 'total') AND s.line_code NOT LIKE 'three_public%' AND coalesce(s.subject_year, s.fiscal_year) = s.fiscal_year
QUALIFY row_number() OVER (PARTITION BY s.claim_id ORDER BY abs(f.value - s.value), f.cell_id) = 1
