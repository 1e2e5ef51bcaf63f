-- id: N-INCOME
-- title: 收入合计及分项=收入表
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: any
-- needs: T02|T01|BT01|BT02 narrative
-- version: 1
-- formula: NR.收入.{合计,财政,上级,事业,经营,附属,其他} = T02.合计.*
-- sentence: 情况说明中的收入合计及各项收入等于收入表的合计行。
FROM stated_equals_printed(['T02'], ['functional.total'])
UNION ALL BY NAME
FROM stated_equals_printed(['T01'], ['revenue.subtotal', 'revenue.general%', 'revenue.government%', 'revenue.state%',
                                     'revenue.fiscal%', 'revenue.special%', 'revenue.superior%', 'revenue.service%',
                                     'revenue.business%', 'revenue.subordinate%', 'revenue.other', 'revenue.use%',
                                     'revenue.opening_carryover'])
