-- id: T02-ROW
-- title: 收入表行平衡
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T02|BT02
-- version: 2
-- formula: total = fiscal+upper+business+operating+affiliated+other
-- sentence: 收入表每一行，合计等于各来源收入之和；财政拨款与其各项资金并列的，等于各项资金之和。
FROM row_balance(['T02'], 'total', revenue_options())
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'revenue', subject) AS subject) FROM row_balance(['T02'], 'revenue', revenue_sources())
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'fiscal_appropriation', subject) AS subject)
FROM row_balance(['T02'], 'fiscal_appropriation', [['general_public_budget', 'government_managed_funds', 'state_capital_operations']])
WHERE expected <> 0 OR actual = 0
