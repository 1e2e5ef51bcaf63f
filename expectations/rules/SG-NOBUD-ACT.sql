-- id: SG-NOBUD-ACT
-- title: 无预算有支出
-- family: SGP
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: final_accounts
-- needs: T07
-- version: 1
-- formula: bud.k=0 ∧ act.k>0
-- sentence: 没有预算的“三公”经费没有支出。
SELECT a.document_id, a.line_code AS subject, (b.value = 0 AND a.value > 0)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [a.cell_id, b.cell_id] AS evidence
FROM figure a JOIN figure b USING (statement_id, line_code, measure)
WHERE a.sheet = 'T07' AND a.stage = 'current' AND b.stage = 'budget' AND a.line_code LIKE 'three_public.%' AND a.measure <> 'count'  -- batches and persons have no budget
