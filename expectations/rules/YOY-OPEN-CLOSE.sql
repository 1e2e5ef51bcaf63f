-- id: YOY-OPEN-CLOSE
-- title: 年初结转=上年年末
-- family: YOY
-- severity: warning
-- basis: B75
-- kind: equal
-- doc_kind: final_accounts
-- needs: T01
-- version: 2
-- formula: T01.open(y)=T01.close(y−1)；T04.open.f(y)=T04.close.f(y−1)
-- sentence: 年初结转和结余等于上年公开的年末结转和结余。
SELECT a.document_id, concat_ws(' ', o.sheet, nullif(o.fund, 'all')) AS subject, o.value AS actual, o.half_width AS actual_half_width, c.value AS expected,
       c.half_width AS expected_half_width, 1 AS part_count, [o.cell_id, c.cell_id] AS evidence
FROM prior_document a
JOIN figure o ON o.document_id = a.document_id AND o.sheet IN ('T01', 'T04') AND o.line_code = 'revenue.opening_carryover'
    AND o.measure = 'total' AND o.stage = 'current' AND o.instances = 1 AND o.state NOT IN ('blank', 'dash')
JOIN figure c ON c.document_id = a.prior_id AND c.sheet = o.sheet AND c.line_code = 'expenditure.closing_carryover'
    AND c.measure = 'total' AND c.stage = 'current' AND c.instances = 1 AND c.state NOT IN ('blank', 'dash')
    AND (c.fund = o.fund OR (c.fund IN ('all', 'fiscal_appropriation') AND o.fund IN ('all', 'fiscal_appropriation')))
QUALIFY row_number() OVER (PARTITION BY o.cell_id ORDER BY abs(o.value - c.value), c.cell_id) = 1
