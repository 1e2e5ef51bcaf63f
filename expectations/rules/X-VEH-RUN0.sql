-- id: X-VEH-RUN0
-- title: 有车无运行费
-- family: XTB
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: final_accounts
-- needs: T10|T14 T07
-- version: 1
-- formula: veh.total>0 ∧ T07.act.car_run=0 ∧ T06[30231]=0
-- sentence: 有车辆的，有公务用车运行维护费。
SELECT v.document_id, '' AS subject, (v.value > 0 AND coalesce(max(r.value), 0) = 0)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [v.cell_id] AS evidence
FROM figure v LEFT JOIN figure r ON r.document_id = v.document_id AND r.stage = 'current' AND r.measure = 'total'
    AND (r.line_code = 'three_public.vehicle_operation' OR (r.sheet = 'T06' AND r.code = '30231'))
WHERE v.sheet IN ('T10', 'T14') AND v.line_code = 'vehicles.total' AND v.instances = 1
  AND EXISTS (SELECT 1 FROM figure t WHERE t.document_id = v.document_id AND t.sheet = 'T06')
GROUP BY v.document_id, v.cell_id, v.value
