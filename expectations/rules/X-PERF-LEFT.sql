-- id: X-PERF-LEFT
-- title: 项目结余与年末结转不符
-- family: XTB
-- severity: notice
-- basis: 勾稽常理
-- kind: exact
-- doc_kind: final_accounts
-- needs: T01 PF
-- version: 1
-- formula: Σ PF.left>0 ∧ T01.close=0
-- sentence: 项目有结余的，年末结转和结余不为零。
SELECT f.document_id, '' AS subject, (sum(f.left_over) * 20 > sum(f.budget) AND any_value(t.value) = 0)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list_append(list(f.left_over_cell ORDER BY f.left_over_cell), any_value(t.cell_id)) AS evidence
FROM form f JOIN figure t ON t.document_id = f.document_id AND t.sheet = 'T01' AND t.line_code = 'expenditure.closing_carryover'
    AND t.measure = 'total' AND t.instances = 1
WHERE f.left_over IS NOT NULL GROUP BY f.document_id
