-- id: ORG-DOM
-- title: 单位数不得大于部门数
-- family: ORG
-- severity: warning
-- basis: B14;BIR6
-- kind: at_most
-- doc_kind: any
-- needs: T03|BT03
-- version: 2
-- formula: ∀码: unit ≤ dept + tol
-- sentence: 单位的支出不大于所属部门同一科目的支出。
SELECT m.unit_document_id AS document_id, x.code AS subject, x.value AS actual, x.half_width AS actual_half_width, y.value AS expected,
       y.half_width AS expected_half_width, 1 AS part_count, [x.cell_id, y.cell_id] AS evidence
FROM department_unit m
JOIN figure x ON x.document_id = m.unit_document_id AND x.sheet = 'T03' AND length(x.functional_code) = 7 AND x.measure = 'total'
    AND x.stage = 'current' AND x.instances = 1 AND x.item = ''
JOIN figure y ON y.document_id = m.department_document_id AND y.sheet = 'T03' AND y.functional_code = x.functional_code AND y.measure = 'total'
    AND y.stage = 'current' AND y.instances = 1 AND y.item = ''
