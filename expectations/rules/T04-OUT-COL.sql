-- id: T04-OUT-COL
-- title: 财政拨款支出列合计
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T04|BT04
-- version: 2
-- formula: ∀col: Σ类 = 本年支出合计；没有本年支出合计的表，Σ类+结转下年 = 支出总计
-- sentence: 财政拨款收支总表支出侧每一列，各类支出之和等于本年支出合计；没有印出本年支出合计的，各类支出与结转下年之和等于支出总计。
FROM identity(
    [term('T04', 'expenditure.subtotal')], [term('T04', 'expenditure.class', many := true)], across := ['fund'])
UNION ALL BY NAME
FROM hierarchy(['T04'])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', '总计', nullif(subject, '')) AS subject)
FROM identity(
    [term('T04', 'expenditure.total')],
    [term('T04', 'expenditure.class', many := true), term('T04', 'expenditure.closing_carryover', required := false),
     term('T04', 'expenditure.unallocated_account_balance', required := false)], across := ['fund'])
WHERE document_id NOT IN (SELECT document_id FROM figure WHERE sheet = 'T04' AND line_code = 'expenditure.subtotal')
