-- id: T08-ROW
-- title: 政府性基金行平衡
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T08|BT06
-- version: 1
-- formula: open+in = total+close ∧ total=basic+project
-- sentence: 政府性基金表每一行，年初结转加本年收入等于本年支出加年末结转，本年支出等于基本支出与项目支出之和。
FROM row_balance(['T08'], 'total', [['basic', 'project']])
UNION ALL BY NAME
FROM flow_balance(['T08'])
