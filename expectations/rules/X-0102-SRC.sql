-- id: X-0102-SRC
-- title: 分来源收入一致
-- family: XTB
-- severity: error
-- basis: B75
-- kind: equal
-- doc_kind: any
-- needs: T01|BT01 T02|BT02
-- version: 1
-- formula: T01.in[gp]+[gf]+[soe]=T02.合计.fiscal；上级/事业/经营/附属/其他逐列相等
-- sentence: 收支总表分来源的收入与收入表合计行逐列相等。
SELECT * REPLACE (concat_ws(' ', 'fiscal_appropriation', nullif(subject, '')) AS subject) FROM identity(
    printed_terms('T01', ['revenue.general_public_budget', 'revenue.government_managed_funds',
                          'revenue.state_capital_operations']),
    [term('T02', 'functional.total', measure := 'fiscal_appropriation')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'superior_subsidy', nullif(subject, '')) AS subject) FROM identity(
    [term('T01', 'revenue.superior_subsidy')], [term('T02', 'functional.total', measure := 'superior_subsidy')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'service_revenue', nullif(subject, '')) AS subject) FROM identity(
    [term('T01', 'revenue.service_revenue')], [term('T02', 'functional.total', measure := 'service_revenue')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'business_revenue', nullif(subject, '')) AS subject) FROM identity(
    [term('T01', 'revenue.business_revenue')], [term('T02', 'functional.total', measure := 'business_revenue')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'subordinate_remittance', nullif(subject, '')) AS subject) FROM identity(
    [term('T01', 'revenue.subordinate_remittance')], [term('T02', 'functional.total', measure := 'subordinate_remittance')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'other_revenue', nullif(subject, '')) AS subject) FROM identity(
    [term('T01', 'revenue.other')], [term('T02', 'functional.total', measure := 'other_revenue')])
