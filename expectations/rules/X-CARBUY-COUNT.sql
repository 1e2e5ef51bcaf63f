-- id: X-CARBUY-COUNT
-- title: 购车费与购车数不匹配
-- family: XTB
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: T07|BT09 narrative
-- version: 1
-- formula: (car_buy>0) ⇔ (购置数>0)
-- sentence: 公务用车购置费大于零当且仅当购置数大于零。
SELECT f.document_id, '' AS subject, (f.value > 0)::INTEGER AS actual, 0 AS actual_half_width, (max(s.value) > 0)::INTEGER AS expected,
       0 AS expected_half_width, 1 AS part_count, [f.cell_id, min(s.claim_id)] AS evidence
FROM figure f JOIN said s ON s.document_id = f.document_id AND s.line_code = 'three_public.vehicle_purchase' AND s.metric = 'count'
    AND s.unit = '辆' AND NOT s.is_in_reason
WHERE f.sheet = 'T07' AND f.stage = 'current' AND f.line_code = 'three_public.vehicle_purchase' AND f.instances = 1
GROUP BY f.document_id, f.cell_id, f.value HAVING count(DISTINCT s.value) = 1
