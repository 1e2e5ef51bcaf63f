-- id: X-0409-SOE
-- title: 国资预算一致
-- family: XTB
-- severity: error
-- basis: B75
-- kind: equal
-- doc_kind: any
-- needs: T04|BT04 T09|BT07
-- version: 1
-- formula: T04.out.soe = T09.合计.total
-- sentence: 财政拨款收支总表的国有资本经营预算支出等于国有资本经营预算表的合计行。
SELECT * REPLACE (concat_ws(' ', 'total', nullif(subject, '')) AS subject) FROM identity(
    [term('T04', 'expenditure.subtotal', fund := 'state_capital_operations')], [term('T09', 'functional.total')])
