-- id: X-RUN-VEH0
-- title: 有运行费无车
-- family: XTB
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: final_accounts
-- needs: T07 narrative
-- version: 1
-- formula: car_run>0 ∧ 保有量=0
-- sentence: 有公务用车运行维护费的，公务用车保有量不为零。
SELECT f.document_id, '' AS subject, (f.value > 0 AND max(s.value) = 0)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [f.cell_id, min(s.claim_id)] AS evidence
FROM figure f JOIN said s ON s.document_id = f.document_id AND s.line_code = 'three_public.vehicle_operation' AND s.metric = 'count'
WHERE f.sheet = 'T07' AND f.stage = 'current' AND f.line_code = 'three_public.vehicle_operation' AND f.instances = 1
GROUP BY f.document_id, f.cell_id, f.value
