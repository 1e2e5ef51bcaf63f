-- id: X-CAPEX-PROC
-- title: 大额购置而政府采购为零
-- family: XTB
-- severity: warning
-- basis: B14;政府采购法
-- kind: exact
-- doc_kind: final_accounts
-- needs: T10|T13 PF
-- version: 1
-- formula: (T06.310 + PF[设备/软件/计算机/信息化].exec ≥ 采购限额) ∧ proc.total=0
-- sentence: 有 50 万元以上设备、软件购置的，政府采购不为零。
SELECT t.document_id, '' AS subject, (t.value = 0 AND sum(f.executed) >= 500000)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list_prepend(t.cell_id, list(f.executed_cell ORDER BY f.executed_cell)) AS evidence
FROM figure t JOIN form f USING (document_id)
WHERE t.sheet IN ('T10', 'T13') AND t.line_code = 'procurement.total' AND t.instances = 1 AND f.executed IS NOT NULL
  AND (regexp_matches(f.project, '设备|系统|软件|计算机|信息化|替代工程')
       OR f.statement_id IN (SELECT statement_id FROM indicator WHERE regexp_matches(level_three, '计算机|设备|软件')))
GROUP BY t.document_id, t.cell_id, t.value
