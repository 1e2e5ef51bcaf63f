-- id: T10-PROC-SUM
-- title: 采购合计=货物+工程+服务
-- family: ARI
-- severity: error
-- basis: B14
-- kind: sum
-- doc_kind: any
-- needs: T10|T13|BT11
-- version: 1
-- formula: proc.total = goods+works+services
-- sentence: 政府采购合计等于货物、工程、服务之和。
FROM lines_total(['T10', 'T13', 'BT11'], 'procurement.total',
                     ['procurement.goods', 'procurement.works', 'procurement.services'])
UNION ALL BY NAME
SELECT document_id, '说明' AS subject, max(value) FILTER (line_code = 'procurement.total') AS actual,
       max(half_width) FILTER (line_code = 'procurement.total') AS actual_half_width,
       sum(value) FILTER (line_code <> 'procurement.total') AS expected,
       sum(half_width) FILTER (line_code <> 'procurement.total') AS expected_half_width, 3 AS part_count,
       list(claim_id ORDER BY claim_id) AS evidence
FROM (SELECT DISTINCT ON (document_id, line_code, value) * FROM said
      WHERE metric = 'amount' AND basis = 'none' AND is_money AND NOT is_in_reason
        AND line_code IN ('procurement.total', 'procurement.goods', 'procurement.works', 'procurement.services'))
GROUP BY document_id HAVING count(*) = 4 AND count(DISTINCT line_code) = 4
