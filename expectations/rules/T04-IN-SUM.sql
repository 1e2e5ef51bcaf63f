-- id: T04-IN-SUM
-- title: 财政拨款收入合计
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T04|BT04
-- version: 2
-- formula: gp+gf+soe = in.subtotal；印有财政拨款一行的，gp+gf+soe = in.fiscal
-- sentence: 财政拨款收支总表中，三项财政拨款收入之和等于本年收入合计，也等于其上的财政拨款一行。
FROM identity(
    [term('T04', 'revenue.subtotal')],
    printed_terms('T04', ['revenue.general_public_budget', 'revenue.government_managed_funds',
                          'revenue.state_capital_operations']))
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'fiscal_appropriation', nullif(subject, '')) AS subject)
FROM identity(
    [term('T04', 'revenue.fiscal_appropriation')],
    printed_terms('T04', ['revenue.general_public_budget', 'revenue.government_managed_funds',
                          'revenue.state_capital_operations']))
WHERE expected <> 0 AND len(evidence) > 2
