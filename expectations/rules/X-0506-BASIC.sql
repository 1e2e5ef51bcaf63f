-- id: X-0506-BASIC
-- title: 基本支出=人员+公用
-- family: XTB
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T05|BT05 T06|BT08
-- version: 1
-- formula: T05.合计.basic = T06.personnel+T06.public
-- sentence: 一般公共预算基本支出等于人员经费与公用经费之和。
FROM identity(
    [term('T05', 'functional.total', measure := 'basic')],
    [term('T06', 'economic.personnel_total'), term('T06', 'economic.general_operating_total')])
UNION ALL BY NAME
FROM identity(
    [term('T05', 'functional.total', measure := 'basic')],
    [term('T06', 'economic.total', measure := 'personnel'),
     term('T06', 'economic.total', measure := 'general_operating')])
