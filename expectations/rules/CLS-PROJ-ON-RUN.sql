-- id: CLS-PROJ-ON-RUN
-- title: 行政运行/事业运行列项目支出
-- family: CLS
-- severity: notice
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: T03|BT03
-- version: 1
-- formula: T03[**01 行政运行|**50 事业运行].project>0；占比>20% 升 warning
-- sentence: 行政运行、事业运行科目不列项目支出。
SELECT document_id, code AS subject, (value > 0)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [cell_id] AS evidence
FROM figure WHERE sheet = 'T03' AND measure = 'project' AND stage = 'current' AND length(code) = 7
  AND regexp_matches(coalesce(subject_name, ''), '^(行政运行|事业运行)$')
