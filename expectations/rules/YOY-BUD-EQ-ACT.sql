-- id: YOY-BUD-EQ-ACT
-- title: 决算与预算几乎逐项相同
-- family: YOY
-- severity: notice
-- basis: B75
-- kind: exact
-- doc_kind: final_accounts
-- needs: T05
-- version: 1
-- formula: ≥90% 的项 T05 = bud(y).BT05 且 n≥5
-- sentence: 各科目的决算数不与年初预算数逐项相同。
SELECT f.document_id, '' AS subject, (count(*) FILTER (f.value = g.value) * 10 >= 9 * count(*))::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(f.cell_id ORDER BY f.cell_id) FILTER (f.value = g.value)[1:10] AS evidence
FROM figure f JOIN budget_document b USING (document_id)
JOIN figure g ON g.document_id = b.budget_id AND g.sheet = 'T05' AND g.functional_code = f.functional_code AND g.measure = 'total'
    AND g.stage = 'current' AND g.instances = 1 AND g.item = ''
WHERE f.sheet = 'T05' AND length(f.functional_code) = 7 AND f.measure = 'total' AND f.stage = 'current' AND f.instances = 1
  AND f.item = '' AND f.value > 0
GROUP BY f.document_id HAVING count(*) >= 5
