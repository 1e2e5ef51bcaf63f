-- id: SG-RETAIN-ASSET
-- title: 公车保有量与资产车辆数不一致
-- family: SGP
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: final_accounts
-- needs: T10|T14 narrative
-- version: 1
-- formula: 保有量(财拨负担) ≠ veh.total
-- sentence: 公务用车保有量与资产表的车辆数一致。
SELECT f.document_id, '' AS subject, max(s.value) AS actual, 0 AS actual_half_width, f.value AS expected, 0 AS expected_half_width,
       1 AS part_count, [min(s.claim_id), f.cell_id] AS evidence
FROM figure f JOIN said s ON s.document_id = f.document_id AND s.line_code = 'three_public.vehicle_operation' AND s.metric = 'count' AND s.unit = '辆'
WHERE f.sheet IN ('T10', 'T14') AND f.line_code = 'vehicles.total' AND f.instances = 1
GROUP BY f.document_id, f.cell_id, f.value
