-- id: T01-OUT-SUM
-- title: 本年支出功能分类合计
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T01|BT01
-- version: 1
-- formula: Σ T01.out[一..二十六] = T01.out.subtotal
-- sentence: 收支总表中，各类支出之和等于本年支出合计。
FROM identity([term('T01', 'expenditure.subtotal')], [term('T01', 'expenditure.class', many := true)])
UNION ALL BY NAME
FROM hierarchy(['T01'])
