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
