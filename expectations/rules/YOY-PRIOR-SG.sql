-- id: YOY-PRIOR-SG
-- title: 三公上年数一致
-- family: YOY
-- severity: warning
-- basis: B75
-- kind: equal
-- doc_kind: any
-- needs: T07|BT09 narrative
-- version: 2
-- formula: cur∓Δ = prev.T07.act.*
-- sentence: 说明所写“三公”经费增减额等于本年数减上年数（表中列有上年数的）。
SELECT c.document_id, c.line_code AS subject, CASE c.direction WHEN 'decrease' THEN -c.value ELSE c.value END AS actual,
       c.half_width AS actual_half_width, f.value - p.value AS expected, f.half_width + p.half_width AS expected_half_width,
       2 AS part_count, [c.claim_id, f.cell_id, p.cell_id] AS evidence,
       last_digit(c.value, c.half_width, abs(f.value - p.value)) AS note
FROM said c
JOIN figure f ON f.document_id = c.document_id AND f.sheet = 'T07' AND f.line_code = c.line_code AND f.stage = 'current'
    AND f.instances = 1 AND f.item = ''
JOIN figure p ON p.statement_id = f.statement_id AND p.line_code = f.line_code AND p.fund = f.fund AND p.measure = f.measure
    AND p.item = '' AND p.stage IN ('prior_year_budget', 'prior_year_final', 'prior_year_execution')
    AND p.stage = CASE c.basis WHEN 'prior_budget' THEN 'prior_year_budget' WHEN 'prior_execution' THEN 'prior_year_execution'
                               ELSE 'prior_year_final' END
WHERE c.metric = 'change' AND c.is_money AND c.direction IN ('increase', 'decrease') AND NOT c.is_in_reason
    AND c.line_code LIKE 'three_public.%'
QUALIFY count(DISTINCT c.value) OVER (PARTITION BY c.document_id, c.line_code) = 1
    AND row_number() OVER (PARTITION BY c.claim_id ORDER BY abs(
        CASE c.direction WHEN 'decrease' THEN -c.value ELSE c.value END - f.value + p.value), f.cell_id) = 1
