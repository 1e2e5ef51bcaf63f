-- id: T01-IN-BAL
-- title: 收入侧平衡
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T01|BT01
-- version: 1
-- formula: in.subtotal+use_nonfiscal+open = in.total
-- sentence: 收支总表收入侧：本年收入合计、使用结余、年初结转结余之和等于收入总计。
FROM identity(
    [term('T01', 'revenue.total')],
    [term('T01', 'revenue.subtotal'), term('T01', 'revenue.use_of_nonfiscal_surplus', required := false),
     term('T01', 'revenue.opening_account_balance', required := false),
     term('T01', 'revenue.opening_carryover', required := false)])
