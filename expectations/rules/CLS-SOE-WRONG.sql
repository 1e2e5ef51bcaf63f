-- id: CLS-SOE-WRONG
-- title: 国资科目列入一般公共预算
-- family: CLS
-- severity: error
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: T05|BT05
-- version: 1
-- formula: code 前缀 223 (20804 社保补充除外) ∧ 表=T05
-- sentence: 国有资本经营预算科目不列入一般公共预算表。
SELECT document_id, code AS subject, (code LIKE '223%' AND value <> 0)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [cell_id] AS evidence
FROM figure WHERE sheet = 'T05' AND measure = 'total' AND stage = 'current' AND functional_code <> ''
