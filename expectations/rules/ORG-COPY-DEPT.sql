-- id: ORG-COPY-DEPT
-- title: 单位文档误用部门数
-- family: ORG
-- severity: error
-- basis: B14;BIR6
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: unit.BN.x ≠ unit.table.x ∧ unit.BN.x = dept.x
-- sentence: 单位说明中的数是本单位的数，不是部门的数。
SELECT s.document_id, said_subject(s.line_code, s.measure, s.functional_code, s.economic_code, s.functional_path, s.subject_text, s.basis) AS subject,
       (abs(s.value - f.value) > s.half_width + f.half_width AND abs(s.value - g.value) <= s.half_width + g.half_width)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [s.claim_id, f.cell_id, g.cell_id] AS evidence
FROM said_figure s JOIN department_unit m ON m.unit_document_id = s.document_id
JOIN figure f USING (cell_id)
JOIN figure g ON g.document_id = m.department_document_id AND g.sheet = f.sheet AND g.line_code = f.line_code AND g.measure = f.measure
    AND g.functional_code = f.functional_code AND g.economic_code = f.economic_code AND g.fund = f.fund AND g.stage = f.stage
    AND g.item = f.item AND g.instances = 1
WHERE s.metric = 'amount' AND s.is_money AND g.value <> f.value AND s.value > 0
