-- id: T01-OUT-NATURE
-- title: 按支出性质分项之和≠本年支出合计
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T01|BT01|T04|BT04
-- version: 1
-- formula: 基本支出 + 项目支出 + 上缴上级 + 经营支出 + 补助附属单位 = 本年支出合计
-- sentence: 总表按支出性质列示的，各项之和等于本年支出合计。
FROM lines_total(['T01'], 'expenditure.subtotal', expenditure_natures())
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'T04', subject) AS subject) FROM lines_total(['T04'], 'expenditure.subtotal', expenditure_natures())
