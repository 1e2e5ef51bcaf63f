-- id: PARENT-MISSING
-- title: 缺上级或下级行
-- family: ARI
-- severity: notice
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: T03|T05|BT03|BT05
-- version: 1
-- formula: ∀项∃款∃类；∀类∃款
-- sentence: 列到项的表，款和类也列出。
SELECT document_id, sheet || ' ' || instance AS subject, count(DISTINCT code) FILTER (length(code) = 7 AND parent_code = '') AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(cell_id ORDER BY cell_id) FILTER (length(code) = 7 AND parent_code = '' AND measure = 'total')[1:10] AS evidence,
       CASE WHEN count(*) FILTER (length(code) = 3) = 0 AND count(*) FILTER (length(code) = 5) = 0 THEN 'lists_items_only' END AS reason
FROM figure WHERE sheet IN ('T02', 'T03', 'T05') AND functional_code <> '' AND item = '' AND stage = 'current'
GROUP BY document_id, sheet, instance
