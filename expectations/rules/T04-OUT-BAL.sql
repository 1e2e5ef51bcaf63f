-- id: T04-OUT-BAL
-- title: 财政拨款支出侧平衡
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T04|BT04
-- version: 1
-- formula: out.subtotal+close = out.total (总列及每个资金列)
-- sentence: 财政拨款收支总表支出侧每一列，本年支出合计加年末结转结余等于总计。
FROM identity(
    [term('T04', 'expenditure.total')],
    [term('T04', 'expenditure.subtotal'), term('T04', 'expenditure.closing_carryover')], across := ['fund'])
