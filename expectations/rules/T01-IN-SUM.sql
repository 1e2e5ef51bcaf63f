-- id: T01-IN-SUM
-- title: 本年收入分项合计
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T01|BT01
-- version: 1
-- formula: Σ T01.in[一..八] = T01.in.subtotal
-- sentence: 收支总表中，各项收入之和等于本年收入合计。
FROM lines_total(['T01'], 'revenue.subtotal', revenue_lines())
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'fiscal_appropriation', nullif(subject, '')) AS subject)
FROM identity(
    [term('T01', 'revenue.fiscal_appropriation')],
    printed_terms('T01', ['revenue.general_public_budget', 'revenue.government_managed_funds',
                          'revenue.state_capital_operations']))
WHERE expected <> 0
