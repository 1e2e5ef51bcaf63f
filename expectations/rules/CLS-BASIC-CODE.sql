-- id: CLS-BASIC-CODE
-- title: 基本支出出现资本性(309/311)
-- family: CLS
-- severity: error
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: T06|BT08
-- version: 1
-- formula: T06[309*|311*]≠0
-- sentence: 基本支出不列资本性支出（基本建设）309 和对企业补助（基本建设）311。
SELECT document_id, code AS subject, (value <> 0)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [cell_id] AS evidence
FROM figure WHERE sheet = 'T06' AND stage = 'current' AND measure = 'total' AND left(code, 3) IN ('309', '311')
