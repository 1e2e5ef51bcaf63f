-- id: YOY-VEH
-- title: 车辆数变动=购置−处置
-- family: YOY
-- severity: notice
-- basis: B75
-- kind: at_most
-- doc_kind: final_accounts
-- needs: narrative
-- version: 1
-- formula: veh(y)=veh(y−1)+购置−处置；至少 veh(y) ≤ veh(y−1)+购置
-- sentence: 没有购置公务用车的，车辆数不多于上年；购置了的，不多于上年数加购置数。
SELECT a.document_id, '' AS subject, a.value AS actual, 0 AS actual_half_width, b.value + coalesce(n.value, 0) AS expected,
       0 AS expected_half_width, 1 AS part_count, [a.evidence_id, b.evidence_id] AS evidence,
       CASE WHEN n.value IS NULL AND coalesce(p.value, 0) > 0 THEN 'input_not_found' END AS reason
FROM counted a JOIN prior_document USING (document_id)
JOIN counted b ON b.document_id = prior_id AND b.line_code = 'vehicles.total'
LEFT JOIN counted n ON n.document_id = a.document_id AND n.line_code = 'three_public.vehicle_purchase'
LEFT JOIN (SELECT document_id, max(value) AS value FROM figure WHERE sheet = 'T07' AND line_code = 'three_public.vehicle_purchase'
           AND stage = 'current' GROUP BY document_id) p ON p.document_id = a.document_id
WHERE a.line_code = 'vehicles.total'
