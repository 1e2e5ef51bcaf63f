-- id: PROC-SME-ADD
-- title: 预留成交+其他项目成交>总额
-- family: SGP
-- severity: error
-- basis: BSME
-- kind: at_most
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 预留中小成交 + 其他项目中小成交 > proc.total + tol
-- sentence: 预留中小企业成交额与其他项目中小企业成交额之和不大于采购总额。
SELECT document_id, '' AS subject,
       sum(value) FILTER (line_code IN ('procurement.reserved_sme_awarded', 'procurement.other_sme_awarded')) AS actual,
       sum(half_width) FILTER (line_code IN ('procurement.reserved_sme_awarded', 'procurement.other_sme_awarded')) AS actual_half_width,
       max(value) FILTER (line_code = 'procurement.total') AS expected,
       max(half_width) FILTER (line_code = 'procurement.total') AS expected_half_width, 2 AS part_count,
       list(claim_id ORDER BY claim_id) AS evidence
FROM (SELECT DISTINCT ON (document_id, line_code, value) * FROM said
      WHERE metric = 'amount' AND basis = 'none' AND is_money AND NOT is_in_reason
        AND line_code IN ('procurement.reserved_sme_awarded', 'procurement.other_sme_awarded', 'procurement.total'))
GROUP BY document_id HAVING count(*) FILTER (line_code = 'procurement.other_sme_awarded') = 1
   AND count(*) FILTER (line_code = 'procurement.reserved_sme_awarded') = 1
   AND count(*) FILTER (line_code = 'procurement.total') = 1
