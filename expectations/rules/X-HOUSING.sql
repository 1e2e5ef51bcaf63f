-- id: X-HOUSING
-- title: 住房公积金两分类一致
-- family: XTB
-- severity: notice
-- basis: BCLS
-- kind: equal
-- doc_kind: any
-- needs: T05|BT05 T06|BT08
-- version: 1
-- formula: T05[2210201].basic = T06[30113]
-- sentence: 住房公积金在功能分类与经济分类中一致。
FROM identity(
    [term('T05', 'functional.item', measure := 'basic', functional := '2210201')],
    [term('T06', 'economic.item', economic := '30113')])
