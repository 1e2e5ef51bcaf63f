-- id: T01-OUT-BAL
-- title: 支出侧平衡
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T01|BT01
-- version: 1
-- formula: out.subtotal+distr+close = out.total
-- sentence: 收支总表支出侧：本年支出合计、结余分配、年末结转结余之和等于支出总计。
FROM identity(
    [term('T01', 'expenditure.total')],
    [term('T01', 'expenditure.subtotal'), term('T01', 'expenditure.surplus_distribution', required := false),
     term('T01', 'expenditure.unallocated_account_balance', required := false),
     term('T01', 'expenditure.closing_carryover', required := false)])
