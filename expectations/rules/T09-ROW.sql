-- id: T09-ROW
-- title: 国资预算行平衡
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T09|BT07
-- version: 1
-- formula: total=basic+project (上海版另: open+in=total+close)
-- sentence: 国有资本经营预算表每一行，支出等于基本支出与项目支出之和；有收入和结转列时，年初结转加本年收入等于支出加年末结转。
FROM row_balance(['T09'], 'total', [['basic', 'project']])
UNION ALL BY NAME
FROM flow_balance(['T09'])
