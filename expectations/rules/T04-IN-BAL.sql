-- id: T04-IN-BAL
-- title: 财政拨款收入侧平衡
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T04|BT04
-- version: 1
-- formula: in.subtotal+open = in.total
-- sentence: 财政拨款收支总表收入侧：本年收入合计加年初结转结余等于总计。
FROM identity(
    [term('T04', 'revenue.total')], [term('T04', 'revenue.subtotal'), term('T04', 'revenue.opening_carryover')])
