-- id: SG-OVERBUD
-- title: 三公决算超预算
-- family: SGP
-- severity: warning
-- basis: B143
-- kind: at_most
-- doc_kind: final_accounts
-- needs: T07
-- version: 1
-- formula: act.k > bud.k (分项与合计)
-- sentence: “三公”经费决算数不大于预算数（合计与分项）。
SELECT a.document_id, a.line_code AS subject, a.value AS actual, a.half_width AS actual_half_width, b.value AS expected,
       b.half_width AS expected_half_width, 1 AS part_count, [a.cell_id, b.cell_id] AS evidence
FROM figure a JOIN figure b USING (statement_id, line_code, measure)
WHERE a.sheet = 'T07' AND a.stage = 'current' AND b.stage = 'budget' AND a.line_code LIKE 'three_public.%'
  AND b.value <> 0
