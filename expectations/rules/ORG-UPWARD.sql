-- id: ORG-UPWARD
-- title: 附属上缴配对
-- family: ORG
-- severity: warning
-- basis: B14;BIR6
-- kind: sum
-- doc_kind: any
-- needs: T02|BT02
-- version: 1
-- formula: Σ_子 T03.to_upper = Σ_父 T02.affiliated
-- sentence: 附属单位上缴收入等于附属单位上缴上级支出之和。
SELECT m.document_id, '' AS subject, p.value AS actual, p.half_width AS actual_half_width, c.value AS expected,
       c.half_width AS expected_half_width, c.parts AS part_count, list_prepend(p.cell_id, c.cells) AS evidence
FROM complete_department m JOIN figure p ON p.document_id = m.document_id AND p.sheet = 'T02' AND p.line_code = 'functional.total'
    AND p.measure = 'subordinate_remittance' AND p.stage = 'current' AND p.instances = 1 AND p.item = ''
JOIN (SELECT u.department_document_id AS document_id, sum(f.value) AS value, sum(f.half_width) AS half_width,
             count(*) FILTER (f.value <> 0)::INTEGER AS parts, list(f.cell_id ORDER BY f.cell_id) AS cells
      FROM department_unit u JOIN figure f ON f.document_id = u.unit_document_id AND f.sheet = 'T03' AND f.line_code = 'functional.total'
          AND f.measure = 'to_superior' AND f.stage = 'current' AND f.instances = 1 AND f.item = ''
      WHERE NOT u.is_own_level GROUP BY ALL) c ON c.document_id = m.document_id
WHERE p.value <> 0 OR c.value <> 0
