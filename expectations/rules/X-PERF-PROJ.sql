-- id: X-PERF-PROJ
-- title: 自评执行合计≤项目支出
-- family: XTB
-- severity: error
-- basis: BPXJ
-- kind: at_most
-- doc_kind: final_accounts
-- needs: T03 PF
-- version: 1
-- formula: Σ PF.exec ≤ T03.合计.project + tol
-- sentence: 项目自评表的全年执行数之和不大于支出表的项目支出合计。
SELECT f.document_id, '' AS subject, sum(f.executed) AS actual, sum(f.executed_half_width) AS actual_half_width,
       any_value(t.value) AS expected, any_value(t.half_width) AS expected_half_width, count(*) AS part_count,
       list_append(list(f.executed_cell ORDER BY f.executed_cell), any_value(t.cell_id)) AS evidence
FROM form f JOIN figure t ON t.document_id = f.document_id AND t.sheet = 'T03' AND t.line_code = 'functional.total'
    AND t.measure = 'project' AND t.instances = 1
WHERE f.executed IS NOT NULL GROUP BY f.document_id
