-- id: PROC-FORMULAIC
-- title: 预留额为总额的精确比例(推算)
-- family: SGP
-- severity: notice
-- basis: BSME
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: SME/总额 或 小微/SME 与 {40%,60%,70%,30%} 差<0.005%，连续两年
-- sentence: 中小企业预留额不是采购总额的整比例推算数。
WITH one AS (
    SELECT document_id, line_code, min(value) AS value, min(claim_id) AS claim_id
    FROM said WHERE metric = 'amount' AND basis = 'none' AND is_money AND NOT is_in_reason AND line_code LIKE 'procurement.%'
    GROUP BY document_id, line_code HAVING min(value) = max(value)
)
SELECT a.document_id, a.line_code AS subject,
       list_has_any([30::DECIMAL(12, 3), 40, 60, 70], [round(percentage_of(a.value, b.value), 2)])::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [a.claim_id, b.claim_id] AS evidence
FROM one a JOIN one b USING (document_id)
WHERE (a.line_code, b.line_code) IN (('procurement.reserved_sme', 'procurement.total'),
    ('procurement.reserved_small_micro', 'procurement.reserved_sme')) AND b.value > 1000000
