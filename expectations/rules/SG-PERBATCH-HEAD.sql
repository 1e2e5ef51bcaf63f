-- id: SG-PERBATCH-HEAD
-- title: 每批人数过多
-- family: SGP
-- severity: notice
-- basis: B143
-- kind: at_most
-- doc_kind: final_accounts
-- needs: narrative
-- version: 1
-- formula: 人次/批次 > 50
-- sentence: 每批接待不超过 50 人次。
SELECT b.document_id, b.line_code AS subject, max(p.value) AS actual, 0 AS actual_half_width, max(b.value) * 50 AS expected,
       0 AS expected_half_width, 1 AS part_count, [min(p.claim_id), min(b.claim_id)] AS evidence
FROM said b JOIN said p ON p.document_id = b.document_id AND p.line_code = b.line_code AND p.context_no = b.context_no
    AND p.unit = '人次' AND b.unit = '批次'
WHERE b.metric = 'count' AND p.metric = 'count' AND b.line_code = 'three_public.hospitality' AND b.value > 0
GROUP BY b.document_id, b.line_code, b.context_no
