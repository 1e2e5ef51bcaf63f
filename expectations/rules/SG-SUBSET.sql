-- id: SG-SUBSET
-- title: 外宾接待≤国内接待≤接待费合计
-- family: SGP
-- severity: error
-- basis: B143
-- kind: at_most
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 外宾接待费 ≤ 国内接待费 ≤ 接待费合计
-- sentence: 国内接待费不大于公务接待费，其中的外宾接待费不大于国内接待费。
WITH one AS (
    SELECT document_id, line_code, min(value) AS value, max(half_width) AS half_width, min(claim_id) AS claim_id
    FROM said WHERE metric = 'amount' AND basis = 'none' AND is_money AND NOT is_in_reason AND line_code LIKE 'three_public.hospitality%'
    GROUP BY document_id, line_code HAVING min(value) = max(value)
)
SELECT a.document_id, a.line_code AS subject, a.value AS actual, a.half_width AS actual_half_width, b.value AS expected,
       b.half_width AS expected_half_width, 1 AS part_count, [a.claim_id, b.claim_id] AS evidence
FROM one a JOIN one b USING (document_id)
WHERE (a.line_code, b.line_code) IN (('three_public.hospitality.domestic', 'three_public.hospitality'),
    ('three_public.hospitality.foreign', 'three_public.hospitality.domestic'), ('three_public.hospitality.abroad', 'three_public.hospitality'))
