-- id: X-PERF-COVER
-- title: 自评覆盖率
-- family: XTB
-- severity: notice
-- basis: BPXJ
-- kind: at_least
-- doc_kind: final_accounts
-- needs: T03 PF
-- version: 1
-- formula: cov = Σ PF.exec / T03.project；<0.9 提示
-- sentence: 项目自评表的全年执行数之和不低于项目支出的九成。
SELECT f.document_id, '' AS subject, sum(f.executed) * 10 AS actual, sum(f.executed_half_width) * 10 AS actual_half_width,
       any_value(t.value) * 9 AS expected, any_value(t.half_width) * 9 AS expected_half_width, count(*) AS part_count,
       [any_value(t.cell_id)] AS evidence
FROM form f JOIN figure t ON t.document_id = f.document_id AND t.sheet = 'T03' AND t.line_code = 'functional.total'
    AND t.measure = 'project' AND t.instances = 1
WHERE f.executed IS NOT NULL GROUP BY f.document_id HAVING any_value(t.value) > 0
