-- id: X-PENSION
-- title: 养老缴费两分类一致
-- family: XTB
-- severity: notice
-- basis: BCLS
-- kind: equal
-- doc_kind: any
-- needs: T05|BT05 T06|BT08
-- version: 1
-- formula: T05[2080505].basic = T06[30108]
-- sentence: 机关事业单位基本养老保险缴费在功能分类与经济分类中一致。
FROM identity(
    [term('T05', 'functional.item', measure := 'basic', functional := '2080505')],
    [term('T06', 'economic.item', economic := '30108')])
