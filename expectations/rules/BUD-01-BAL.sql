-- id: BUD-01-BAL
-- title: 收支总表平衡
-- family: BUD
-- severity: error
-- basis: B75;B143
-- kind: sum
-- doc_kind: budget
-- needs: BT01
-- version: 1
-- formula: BT01.in.total = BT01.out.total = Σ类
-- sentence: 预算收支总表的收入总计等于支出总计，也等于各类支出与结转之和。
FROM identity([term('T01', 'revenue.total')], [term('T01', 'expenditure.total')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', '分类', nullif(subject, '')) AS subject)
FROM identity(
    [term('T01', 'expenditure.total')],
    [term('T01', 'expenditure.class', many := true), term('T01', 'expenditure.closing_carryover', required := false),
     term('T01', 'expenditure.unallocated_account_balance', required := false),
     term('T01', 'expenditure.surplus_distribution', required := false)])
