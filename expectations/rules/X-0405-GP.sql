-- id: X-0405-GP
-- title: 一般公共预算支出一致
-- family: XTB
-- severity: error
-- basis: B75
-- kind: equal
-- doc_kind: any
-- needs: T04|BT04 T05|BT05
-- version: 1
-- formula: T04.out.subtotal.gp = T05.合计.total；∀类 相等
-- sentence: 财政拨款收支总表的一般公共预算支出等于一般公共预算支出表，合计与每一类都相等。
FROM identity(
    [term('T04', 'expenditure.subtotal', fund := 'general_public_budget')], [term('T05', 'functional.total')])
UNION ALL BY NAME
FROM identity(
    [term('T04', 'expenditure.class', fund := 'general_public_budget')], [term('T05', 'functional.class')],
    across := ['functional'])
