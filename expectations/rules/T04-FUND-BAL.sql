-- id: T04-FUND-BAL
-- title: 分资金收支平衡
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T04|BT04
-- version: 1
-- formula: ∀f∈{gp,gf,soe}: open.f+in.f = out.f+close.f
-- sentence: 每种财政拨款资金，本年收入加年初结转结余等于支出加年末结转结余。
SELECT * REPLACE (concat_ws(' ', 'general_public_budget', nullif(subject, '')) AS subject) FROM identity(
    [term('T04', 'revenue.general_public_budget'), term('T04', 'revenue.opening_carryover.general_public_budget')],
    [term('T04', 'expenditure.subtotal', fund := 'general_public_budget'),
     term('T04', 'expenditure.closing_carryover', fund := 'general_public_budget')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'government_managed_funds', nullif(subject, '')) AS subject) FROM identity(
    [term('T04', 'revenue.government_managed_funds'), term('T04', 'revenue.opening_carryover.government_managed_funds')],
    [term('T04', 'expenditure.subtotal', fund := 'government_managed_funds'),
     term('T04', 'expenditure.closing_carryover', fund := 'government_managed_funds')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'state_capital_operations', nullif(subject, '')) AS subject) FROM identity(
    [term('T04', 'revenue.state_capital_operations'), term('T04', 'revenue.opening_carryover.state_capital_operations')],
    [term('T04', 'expenditure.subtotal', fund := 'state_capital_operations'),
     term('T04', 'expenditure.closing_carryover', fund := 'state_capital_operations')])
