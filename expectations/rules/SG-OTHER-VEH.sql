-- id: SG-OTHER-VEH
-- title: 全部车辆为“其他用车”
-- family: SGP
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: T10|T14
-- version: 1
-- formula: veh.other/veh.total=1 ∧ veh.total≥3
-- sentence: 三辆以上的车辆不全部列为“其他用车”。
SELECT t.document_id, '' AS subject, (t.value >= 3 AND o.value = t.value)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [o.cell_id, t.cell_id] AS evidence
FROM figure t JOIN figure o USING (statement_id)
WHERE t.sheet IN ('T10', 'T14') AND t.line_code = 'vehicles.total' AND o.line_code = 'vehicles.other'
