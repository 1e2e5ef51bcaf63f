-- id: T03-ROW
-- title: 支出表行平衡
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T03|BT03
-- version: 2
-- formula: total = basic+project+to_upper+operating+to_affil
-- sentence: 支出表每一行，合计等于基本支出、项目支出等各项之和；按资金来源分列的，等于各来源之和。
FROM row_balance(['T03'], 'total', [['basic', 'project', 'remittance_to_superior', 'business_expenditure', 'subsidy_to_subordinate', 'reserve', 'closing']])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'basic', subject) AS subject) FROM row_balance(['T03'], 'basic', [['personnel', 'general_operating']])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'source', subject) AS subject) FROM row_balance(['T03'], 'total', revenue_options())
