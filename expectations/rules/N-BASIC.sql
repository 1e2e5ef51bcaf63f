-- id: N-BASIC
-- title: 基本支出说明=表05/06
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: any
-- needs: T05|BT05|T06|BT08 narrative
-- version: 1
-- formula: NR.基本.合计 = T05.合计.basic = T06.personnel+public；若等于 T03.basic 则诊断“口径错用全口径”
-- sentence: 情况说明中的基本支出等于一般公共预算支出表的基本支出合计。
FROM stated_equals_printed(['T05', 'BT15'], ['functional.total']) WHERE contains(subject, ' basic')
UNION ALL BY NAME
FROM stated_equals_printed(['T06', 'BT18'], ['economic.total'])
