-- id: PRF-COST-LEFT
-- title: 成本指标实际值=结余额
-- family: PRF
-- severity: error
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF
-- version: 1
-- formula: 成本指标.actual = left ∧ ≠ exec
-- sentence: 成本指标的实际完成值不得等于资金结余数（应为实际支出数）。
SELECT i.document_id, left(concat_ws(' ', i.project, i.level_three), 80) AS subject,
       (first_number(i.actual) * 10000 = f.left_over AND f.left_over <> f.executed AND f.left_over <> 0)::INTEGER AS actual,
       0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [i.actual_cell, f.left_over_cell, f.executed_cell] AS evidence
FROM indicator i JOIN form f USING (statement_id)
WHERE i.level_two LIKE '%成本%' AND first_number(i.actual) IS NOT NULL AND contains(i.actual, '万元') AND f.left_over IS NOT NULL AND f.executed IS NOT NULL
