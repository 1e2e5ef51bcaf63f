-- id: PRF-BUDGET-INIT
-- title: 全年预算=调整后/年初预算
-- family: PRF
-- severity: notice
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF
-- version: 1
-- formula: 无调整⇒full=init；有调整须说明
-- sentence: 全年预算数等于年初预算数，有调整的另加说明。
SELECT document_id, project AS subject, (budget <> initial_budget)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [budget_cell, initial_budget_cell] AS evidence
FROM form WHERE budget IS NOT NULL AND initial_budget IS NOT NULL
