-- id: ORG-ELIM
-- title: 部门汇总未抵销内部往来
-- family: ORG
-- severity: notice
-- basis: B14;BIR6
-- kind: exact
-- doc_kind: any
-- needs: T02|BT02
-- version: 1
-- formula: dept.T02.upper>0 ∧ 子单位 upper 来自同部门
-- sentence: 部门汇总抵销了内部往来：部门的上级补助收入不含所属单位收到的本部门补助。
SELECT p.document_id, '' AS subject, (p.value > 0 AND s.value > 0 AND c.value > 0 AND abs(p.value - c.value) <= p.half_width + c.half_width)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list_prepend(p.cell_id, c.cells) AS evidence
FROM figure p
JOIN (SELECT u.department_document_id AS document_id, sum(f.value) AS value, sum(f.half_width) AS half_width,
             list(f.cell_id ORDER BY f.cell_id) AS cells
      FROM department_unit u JOIN figure f ON f.document_id = u.unit_document_id AND f.sheet = 'T02' AND f.line_code = 'functional.total'
          AND f.measure = 'superior_subsidy' AND f.stage = 'current' AND f.instances = 1 AND f.item = ''
      WHERE NOT u.is_own_level GROUP BY ALL) c USING (document_id)
JOIN figure s ON s.document_id = p.document_id AND s.sheet = 'T03' AND s.line_code = 'functional.total' AND s.measure = 'to_subordinate'
    AND s.stage = 'current' AND s.instances = 1 AND s.item = ''
WHERE p.sheet = 'T02' AND p.line_code = 'functional.total' AND p.measure = 'superior_subsidy' AND p.stage = 'current' AND p.instances = 1
  AND p.item = ''
