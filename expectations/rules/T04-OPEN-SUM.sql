-- id: T04-OPEN-SUM
-- title: 年初财政拨款结转结余构成
-- family: ARI
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: T04|BT04
-- version: 1
-- formula: open = open.gp+open.gf+open.soe
-- sentence: 年初财政拨款结转和结余等于三种资金的年初结转结余之和。
FROM identity(
    [term('T04', 'revenue.opening_carryover')],
    printed_terms('T04', ['revenue.opening_carryover.general_public_budget',
                          'revenue.opening_carryover.government_managed_funds',
                          'revenue.opening_carryover.state_capital_operations']))
