-- id: X-GAP-NONFISCAL
-- title: 非财政支出缺口可解释
-- family: XTB
-- severity: error
-- basis: B75
-- kind: sum
-- doc_kind: final_accounts
-- needs: T01 T04
-- version: 1
-- formula: (T01.out.subtotal−T04.out.subtotal) = (T01.in.total−T04.in.total) − distr − (T01.close−T04.close)
-- sentence: 全部支出与财政拨款支出之差，等于全部资金与财政拨款资金之差减去结余分配和结转之差。
FROM identity(
    [term('T01', 'expenditure.subtotal'), term('T04', 'expenditure.subtotal', fund := 'all', weight := -1)],
    [term('T01', 'revenue.total'), term('T04', 'revenue.total', weight := -1),
     term('T01', 'expenditure.surplus_distribution', weight := -1, required := false),
     term('T01', 'expenditure.closing_carryover', weight := -1),
     term('T04', 'expenditure.closing_carryover', fund := 'all')])
