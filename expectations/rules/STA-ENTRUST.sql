-- id: STA-ENTRUST
-- title: 委托业务费占比高
-- family: STA
-- severity: notice
-- basis: B75
-- kind: at_most
-- doc_kind: any
-- needs: T06|BT08
-- version: 2
-- formula: 30227/302>40%
-- sentence: 委托业务费不超过商品和服务支出的四成。
SELECT a.document_id, '' AS subject, a.value * 10 AS actual, a.half_width * 10 AS actual_half_width, w.value * 4 AS expected,
       w.half_width * 4 AS expected_half_width, 1 AS part_count, [a.cell_id, w.cell_id] AS evidence
FROM figure a JOIN figure w USING (statement_id, measure, stage, fund, item)
WHERE a.sheet = 'T06' AND a.functional_code = '' AND a.measure = 'total' AND a.stage = 'current' AND a.instances = 1
  AND a.code = '30227' AND w.code = '302' AND w.value > 100000
