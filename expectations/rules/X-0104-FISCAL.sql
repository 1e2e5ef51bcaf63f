-- id: X-0104-FISCAL
-- title: 财政拨款收入一致
-- family: XTB
-- severity: error
-- basis: B75
-- kind: equal
-- doc_kind: any
-- needs: T01|BT01 T04|BT04
-- version: 1
-- formula: T01.in[f]=T04.in[f], f∈{gp,gf,soe}
-- sentence: 收支总表的三项财政拨款收入与财政拨款收支总表逐项相等。
SELECT * REPLACE (concat_ws(' ', 'general_public_budget', nullif(subject, '')) AS subject) FROM identity(
    [term('T01', 'revenue.general_public_budget')], [term('T04', 'revenue.general_public_budget')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'government_managed_funds', nullif(subject, '')) AS subject) FROM identity(
    [term('T01', 'revenue.government_managed_funds')], [term('T04', 'revenue.government_managed_funds')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'state_capital_operations', nullif(subject, '')) AS subject) FROM identity(
    [term('T01', 'revenue.state_capital_operations')], [term('T04', 'revenue.state_capital_operations')])
