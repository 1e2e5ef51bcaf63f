-- id: YOY-BUDGET-ACT-RATIO
-- title: 连续低执行仍增预算
-- family: YOY
-- severity: notice
-- basis: B75
-- kind: exact
-- doc_kind: budget
-- needs: BT05
-- version: 1
-- formula: act(y−1)/bud(y−1)<60% ∧ bud(y+1)>bud(y)
-- sentence: 连续两年预算增加的科目，前年执行率不低于六成。
SELECT d.document_id, '' AS subject, count(*) FILTER (x.value * 10 < y.value * 6 AND n.value > m.value) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(n.cell_id ORDER BY n.cell_id) FILTER (x.value * 10 < y.value * 6 AND n.value > m.value)[1:10] AS evidence
FROM document_in_force d JOIN prior_document p USING (document_id) JOIN prior_document pp ON pp.document_id = p.prior_id
JOIN neighbour(2, 'budget', 'final_accounts') a ON a.document_id = d.document_id
JOIN figure n ON n.document_id = d.document_id AND n.sheet = 'T05' AND length(n.functional_code) = 7 AND n.measure = 'total'
    AND n.stage = 'current' AND n.instances = 1 AND n.item = ''
JOIN figure m ON m.document_id = p.prior_id AND m.sheet = 'T05' AND m.functional_code = n.functional_code AND m.measure = 'total'
    AND m.stage = 'current' AND m.instances = 1 AND m.item = ''
JOIN figure y ON y.document_id = pp.prior_id AND y.sheet = 'T05' AND y.functional_code = n.functional_code AND y.measure = 'total'
    AND y.stage = 'current' AND y.instances = 1 AND y.item = '' AND y.value >= 200000
JOIN figure x ON x.document_id = a.other_id AND x.sheet = 'T05' AND x.functional_code = n.functional_code AND x.measure = 'total'
    AND x.stage = 'current' AND x.instances = 1 AND x.item = ''
GROUP BY d.document_id
