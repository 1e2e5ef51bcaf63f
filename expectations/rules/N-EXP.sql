-- id: N-EXP
-- title: 支出合计及分项=支出表
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: any
-- needs: T03|T01|BT01|BT03 narrative
-- version: 1
-- formula: NR.支出.{合计,基本,项目,上缴,经营,补助} = T03.合计.*
-- sentence: 情况说明中的支出合计、基本支出、项目支出等于支出表的合计行。
FROM stated_equals_printed(['T03'], ['functional.total'])
UNION ALL BY NAME
FROM stated_equals_printed(['T01'], ['expenditure.subtotal', 'expenditure.basic', 'expenditure.project',
                                     'expenditure.closing%', 'expenditure.surplus%', 'expenditure.reserve'])
