-- id: FILLDOWN
-- title: 下级单元格照抄上级
-- family: ARI
-- severity: notice
-- basis: 勾稽常理
-- kind: exact
-- doc_kind: any
-- needs: T03|T05|BT03|BT05
-- version: 1
-- formula: row.balance 破裂 ∧ cell = parent.cell ⇒ 诊断“下拉填充”
-- sentence: 行不平衡时，行内单元格不应恰好等于上级行同列的数（疑为下拉填充）。
SELECT b.document_id, b.subject, count(p.cell_id) FILTER (c.value <> 0 AND c.value = p.value) AS actual,
       0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(c.cell_id ORDER BY c.cell_id) FILTER (c.value <> 0 AND c.value = p.value) AS evidence
FROM row_balance(['T03', 'T05'], 'total', [['basic', 'project']]) b
JOIN figure c ON list_contains(b.evidence, c.cell_id) AND c.document_id = b.document_id AND c.parent_code <> ''
JOIN figure p ON p.statement_id = c.statement_id AND p.item = c.item AND p.code = c.parent_code
    AND p.measure = c.measure AND p.fund = c.fund AND p.stage = c.stage
WHERE judge_sum(b.actual, b.actual_half_width, b.expected, b.expected_half_width, b.part_count).verdict = 'violated'
GROUP BY ALL
