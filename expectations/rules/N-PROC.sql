-- id: N-PROC
-- title: 采购说明=表10
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: any
-- needs: T10|T13|BT11 narrative
-- version: 1
-- formula: NR.采购.{总,货,工,服} = T10.proc.*
-- sentence: 情况说明中的政府采购总额及货物、工程、服务等于采购表。
FROM stated_equals_printed(['T10', 'T13', 'BT11'], ['procurement.total', 'procurement.goods', 'procurement.works',
                                                    'procurement.services'])
