-- id: CLS-LEVEL
-- title: 代码级次与父级一致
-- family: CLS
-- severity: error
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: T05|BT05
-- version: 1
-- formula: len∈{3,5,7} ∧ prefix∈父级 ∧ 三列(类款项)补零到 2 位
-- sentence: 科目代码为三、五、七位，下级代码以上级代码开头。
SELECT document_id, sheet || ' ' || instance AS subject, count(*) FILTER (length(functional_code) NOT IN (3, 5, 7)) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(cell_id ORDER BY cell_id) FILTER (length(functional_code) NOT IN (3, 5, 7))[1:10] AS evidence
FROM figure WHERE sheet IN ('T02', 'T03', 'T05') AND functional_code <> '' AND measure = 'total'
GROUP BY document_id, sheet, instance
