-- id: PROC-SMEPCT
-- title: 授予中小企业占比复算
-- family: SGP
-- severity: warning
-- basis: B143
-- kind: percentage
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: p = SME/总额；总额=0 时不得写百分比
-- sentence: 授予中小企业合同金额占政府采购支出总额的比例，与文中的两项金额相符；总额在别处（含表中）的也核对。
WITH one AS (
    SELECT document_id, line_code, min(value) AS value, max(half_width) AS half_width, min(claim_id) AS claim_id
    FROM said WHERE metric = 'amount' AND basis = 'none' AND is_money AND NOT is_in_reason
      AND line_code IN ('procurement.total', 'procurement.sme', 'procurement.small_micro')
    GROUP BY document_id, line_code HAVING min(value) = max(value)
), total AS (
    SELECT document_id, value, half_width, claim_id FROM one WHERE line_code = 'procurement.total'
    UNION ALL
    SELECT f.document_id, f.value, f.half_width, f.cell_id FROM figure f
    WHERE f.sheet = 'T10' AND f.line_code = 'procurement.total' AND f.measure = 'total' AND f.stage = 'current' AND f.instances = 1
      AND f.document_id NOT IN (SELECT document_id FROM one WHERE line_code = 'procurement.total')
)
SELECT c.document_id, c.line_code AS subject, c.value AS actual, c.half_width AS actual_half_width, p.value AS part,
       p.half_width AS part_half_width, t.value AS whole, t.half_width AS whole_half_width, 1 AS part_count,
       [c.claim_id, p.claim_id, t.claim_id] AS evidence
FROM said c JOIN one p ON p.document_id = c.document_id AND p.line_code = c.line_code JOIN total t ON t.document_id = c.document_id
WHERE c.metric = 'share' AND c.line_code IN ('procurement.sme', 'procurement.small_micro') AND NOT c.is_in_reason
  AND c.whole_context_no IS NULL AND regexp_matches(c.sentence, '占(?:本年)?政府采购(?:支出)?(?:合同)?(?:总额|金额)|占采购(?:支出)?总额')
QUALIFY count(*) OVER (PARTITION BY c.document_id, c.line_code) = 1
