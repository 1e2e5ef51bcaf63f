-- id: BUD-VEH
-- title: 购车预算与计划购置数
-- family: BUD
-- severity: warning
-- basis: B75;B143
-- kind: exact
-- doc_kind: budget
-- needs: BT09 narrative
-- version: 1
-- formula: car_buy>0 ⇔ 购置数>0
-- sentence: 有公务用车购置预算当且仅当计划购置车辆。
SELECT f.document_id, '' AS subject, (max(f.value) > 0)::INTEGER AS actual, 0 AS actual_half_width, (max(s.value) > 0)::INTEGER AS expected,
       0 AS expected_half_width, 1 AS part_count, [min(f.cell_id), min(s.claim_id)] AS evidence
FROM figure f JOIN said s ON s.document_id = f.document_id AND s.subject_kind = 'vehicle_plan' AND s.metric = 'count' AND s.unit = '辆'
    AND s.line_code IN ('vehicles.total', '') AND NOT s.is_in_reason
WHERE f.sheet = 'T07' AND f.stage = 'current' AND f.line_code = 'three_public.vehicle_purchase' AND f.item = ''
GROUP BY f.document_id
