-- id: CLS-FUND-WRONG
-- title: 基金科目列入一般公共预算
-- family: CLS
-- severity: error
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: T05|BT05
-- version: 1
-- formula: code∈{20822,20823,20829,21208..21216,213 66/67/69,214 60..,22904,22908,22960,231 04,23204,…} ∧ 表=T05
-- sentence: 政府性基金科目不列入一般公共预算表。
SELECT document_id, code AS subject,
       (regexp_matches(code, '^(20822|20823|20829|21208|21210|21211|21213|21214|21215|21216|22904|22908|22960|23104|23204)') AND value <> 0)::INTEGER AS actual,
       0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [cell_id] AS evidence
FROM figure WHERE sheet = 'T05' AND measure = 'total' AND stage = 'current' AND length(functional_code) >= 5
