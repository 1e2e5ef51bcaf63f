-- id: T05-ROW
-- title: 一般公共预算支出行平衡
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T05|BT05
-- version: 1
-- formula: total = basic+project
-- sentence: 一般公共预算财政拨款支出表每一行，合计等于基本支出与项目支出之和。
FROM row_balance(['T05'], 'total', [['basic', 'project']])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'basic', subject) AS subject) FROM row_balance(['T05'], 'basic', [['personnel', 'general_operating']])
