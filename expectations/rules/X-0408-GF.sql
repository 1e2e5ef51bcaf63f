-- id: X-0408-GF
-- title: 政府性基金一致
-- family: XTB
-- severity: error
-- basis: B75
-- kind: equal
-- doc_kind: any
-- needs: T04|BT04 T08|BT06
-- version: 1
-- formula: T04.{open,in,out,close}.gf = T08.合计.{open,in,total,close}
-- sentence: 财政拨款收支总表的政府性基金各数等于政府性基金表的合计行。
SELECT * REPLACE (concat_ws(' ', 'opening', nullif(subject, '')) AS subject) FROM identity(
    [term('T04', 'revenue.opening_carryover.government_managed_funds')], [term('T08', 'functional.total', measure := 'opening')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'revenue', nullif(subject, '')) AS subject) FROM identity(
    [term('T04', 'revenue.government_managed_funds')], [term('T08', 'functional.total', measure := 'revenue')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'total', nullif(subject, '')) AS subject) FROM identity(
    [term('T04', 'expenditure.subtotal', fund := 'government_managed_funds')], [term('T08', 'functional.total')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'closing', nullif(subject, '')) AS subject) FROM identity(
    [term('T04', 'expenditure.closing_carryover', fund := 'government_managed_funds')], [term('T08', 'functional.total', measure := 'closing')])
