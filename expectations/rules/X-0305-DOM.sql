-- id: X-0305-DOM
-- title: 全口径≥财政拨款口径
-- family: XTB
-- severity: error
-- basis: B75
-- kind: at_most
-- doc_kind: any
-- needs: T03|BT03 T05|BT05
-- version: 1
-- formula: ∀code,col: T03 − T05 − T08 − T09 ≥ −tol
-- sentence: 每个科目，财政拨款各表的支出之和不大于支出表的支出。
FROM identity(
    [term('T05', 'functional.class', required := false), term('T08', 'functional.class', required := false),
     term('T09', 'functional.class', required := false)],
    [term('T03', 'functional.class')], across := ['functional', 'measure'])
UNION ALL BY NAME
FROM identity(
    [term('T05', 'functional.item', required := false), term('T08', 'functional.item', required := false),
     term('T09', 'functional.item', required := false)],
    [term('T03', 'functional.item')], across := ['functional', 'measure'])
