-- id: X-ANNUITY
-- title: 职业年金两分类一致
-- family: XTB
-- severity: notice
-- basis: BCLS
-- kind: equal
-- doc_kind: any
-- needs: T05|BT05 T06|BT08
-- version: 1
-- formula: T05[2080506].basic = T06[30109]
-- sentence: 职业年金缴费在功能分类与经济分类中一致。
FROM identity(
    [term('T05', 'functional.item', measure := 'basic', functional := '2080506')],
    [term('T06', 'economic.item', economic := '30109')])
