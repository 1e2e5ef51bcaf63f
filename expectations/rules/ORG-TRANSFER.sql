-- id: ORG-TRANSFER
-- title: 对附属单位补助=附属单位上级补助收入
-- family: ORG
-- severity: warning
-- basis: B14;BIR6
-- kind: sum
-- doc_kind: any
-- needs: T03|BT03
-- version: 1
-- formula: Σ_父 T03.to_affil = Σ_子 T02.upper
-- sentence: 上级对附属单位的补助支出等于附属单位收到的上级补助收入之和。
SELECT m.document_id, '' AS subject, p.value AS actual, p.half_width AS actual_half_width, c.value AS expected,
       c.half_width AS expected_half_width, c.parts AS part_count, list_prepend(p.cell_id, c.cells) AS evidence
FROM complete_department m JOIN figure p ON p.document_id = m.document_id AND p.sheet = 'T03' AND p.line_code = 'functional.total'
    AND p.measure = 'to_subordinate' AND p.stage = 'current' AND p.instances = 1 AND p.item = ''
JOIN (SELECT u.department_document_id AS document_id, sum(f.value) AS value, sum(f.half_width) AS half_width,
             count(*) FILTER (f.value <> 0)::INTEGER AS parts, list(f.cell_id ORDER BY f.cell_id) AS cells
      FROM department_unit u JOIN figure f ON f.document_id = u.unit_document_id AND f.sheet = 'T02' AND f.line_code = 'functional.total'
          AND f.measure = 'superior_subsidy' AND f.stage = 'current' AND f.instances = 1 AND f.item = ''
      WHERE NOT u.is_own_level GROUP BY ALL) c ON c.document_id = m.document_id
WHERE p.value <> 0 OR c.value <> 0
