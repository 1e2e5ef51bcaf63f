-- id: STA-EXEC-HIGH
-- title: 超预算支出
-- family: STA
-- severity: notice
-- basis: B75
-- kind: exact
-- doc_kind: final_accounts
-- needs: T05
-- version: 1
-- formula: 项级 act/bud>150% 且 bud≥20 万
-- sentence: 决算不高于当年公开预算的一倍半（预算不少于二十万元的科目）。
SELECT f.document_id, '' AS subject, count(*) FILTER (f.value * 2 > g.value * 3) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       flatten(list([f.cell_id, g.cell_id] ORDER BY f.cell_id) FILTER (f.value * 2 > g.value * 3))[1:10] AS evidence
FROM figure f JOIN budget_document b USING (document_id)
JOIN figure g ON g.document_id = b.budget_id AND g.sheet = 'T05' AND g.functional_code = f.functional_code AND g.measure = 'total'
    AND g.stage = 'current' AND g.instances = 1 AND g.item = '' AND g.value >= 200000
WHERE f.sheet = 'T05' AND length(f.functional_code) = 7 AND f.measure = 'total' AND f.stage = 'current' AND f.instances = 1 AND f.item = ''
GROUP BY f.document_id
