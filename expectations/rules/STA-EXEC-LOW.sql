-- id: STA-EXEC-LOW
-- title: 预算执行率过低
-- family: STA
-- severity: notice
-- basis: B75
-- kind: exact
-- doc_kind: final_accounts
-- needs: T05
-- version: 1
-- formula: act/bud<70% (总额) 或 项级<50% 且 bud≥20 万
-- sentence: 决算不低于当年公开预算的五成（预算不少于二十万元的科目）。
SELECT f.document_id, '' AS subject, count(*) FILTER (f.value * 2 < g.value) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       flatten(list([f.cell_id, g.cell_id] ORDER BY f.cell_id) FILTER (f.value * 2 < g.value))[1:10] AS evidence
FROM figure f JOIN budget_document b USING (document_id)
JOIN figure g ON g.document_id = b.budget_id AND g.sheet = 'T05' AND g.functional_code = f.functional_code AND g.measure = 'total'
    AND g.stage = 'current' AND g.instances = 1 AND g.item = '' AND g.value >= 200000
WHERE f.sheet = 'T05' AND length(f.functional_code) = 7 AND f.measure = 'total' AND f.stage = 'current' AND f.instances = 1 AND f.item = ''
GROUP BY f.document_id
