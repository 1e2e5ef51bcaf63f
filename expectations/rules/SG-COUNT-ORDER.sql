-- id: SG-COUNT-ORDER
-- title: 人次<批次
-- family: SGP
-- severity: error
-- basis: B143
-- kind: at_most
-- doc_kind: final_accounts
-- needs: narrative
-- version: 1
-- formula: 人次 < 批次；外宾批次≤总批次；外宾人次≤总人次
-- sentence: 接待人次不少于批次。
SELECT b.document_id, b.line_code AS subject, max(b.value) AS actual, 0 AS actual_half_width, max(p.value) AS expected,
       0 AS expected_half_width, 1 AS part_count, [min(b.claim_id), min(p.claim_id)] AS evidence
FROM said b JOIN said p ON p.document_id = b.document_id AND p.line_code = b.line_code AND p.context_no = b.context_no
    AND p.unit = '人次' AND b.unit IN ('批次', '团组')
WHERE b.metric = 'count' AND p.metric = 'count' AND b.line_code LIKE 'three_public.%'
GROUP BY b.document_id, b.line_code, b.context_no
