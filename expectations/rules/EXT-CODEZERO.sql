-- id: EXT-CODEZERO
-- title: 代码列丢前导 0
-- family: EXT
-- severity: notice
-- basis: 工程闸门
-- kind: exact
-- doc_kind: any
-- needs: T02|T03|T05|T06|BT02|BT03|BT05|BT08
-- version: 1
-- formula: 301|2 → 30102
-- sentence: 科目代码的位数合于级次（功能科目三、五、七位，经济科目三、五位），没有丢失前导的零。
SELECT document_id, subject_of(any_value(instance), any_value(instances), [any_value(sheet)]) AS subject,
       count(DISTINCT code) FILTER (length(code) NOT IN (3, 5, 7) OR (economic_code <> '' AND length(economic_code) = 7)) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(cell_id ORDER BY cell_id) FILTER (length(code) NOT IN (3, 5, 7) OR (economic_code <> '' AND length(economic_code) = 7))[1:20] AS evidence
FROM figure WHERE code <> '' GROUP BY document_id, statement_id
