-- id: T06-NOT-APPLICABLE
-- title: 309/311 基本支出应为“——”
-- family: ARI
-- severity: warning
-- basis: BCLS
-- kind: exact
-- doc_kind: final_accounts
-- needs: T06
-- version: 1
-- formula: state(T06[309*],T06[311*])∈{——,blank,0}
-- sentence: 基本支出经济分类表的 309、311 栏为“——”或空白。
SELECT document_id, code AS subject, (state = 'number' AND value <> 0)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [cell_id] AS evidence
FROM figure WHERE sheet = 'T06' AND measure = 'total' AND code IN ('309', '311')
