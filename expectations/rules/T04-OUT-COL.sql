-- id: T04-OUT-COL
-- title: 财政拨款支出列合计
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T04|BT04
-- version: 1
-- formula: ∀col: Σ类 = 本年支出合计
-- sentence: 财政拨款收支总表支出侧每一列，各类支出之和等于本年支出合计。
FROM identity(
    [term('T04', 'expenditure.subtotal')], [term('T04', 'expenditure.class', many := true)], across := ['fund'])
UNION ALL BY NAME
FROM hierarchy(['T04'])
