-- id: PROC-SME-LE
-- title: 中小企业份额≤采购总额
-- family: SGP
-- severity: error
-- basis: BSME
-- kind: at_most
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: SME预留 ≤ proc.total；小微 ≤ SME
-- sentence: 面向中小企业的采购额不大于采购总额，小微企业的不大于中小企业的。
WITH one AS (
    SELECT document_id, line_code, min(value) AS value, max(half_width) AS half_width, min(claim_id) AS claim_id
    FROM said WHERE metric = 'amount' AND basis = 'none' AND is_money AND NOT is_in_reason AND line_code LIKE 'procurement.%'
    GROUP BY document_id, line_code HAVING min(value) = max(value)
)
SELECT a.document_id, a.line_code AS subject, a.value AS actual, a.half_width AS actual_half_width, b.value AS expected,
       b.half_width AS expected_half_width, 1 AS part_count, [a.claim_id, b.claim_id] AS evidence
FROM one a JOIN one b USING (document_id)
WHERE (a.line_code, b.line_code) IN (('procurement.reserved_sme', 'procurement.total'), ('procurement.sme', 'procurement.total'),
    ('procurement.reserved_small_micro', 'procurement.reserved_sme'), ('procurement.small_micro', 'procurement.sme'))
