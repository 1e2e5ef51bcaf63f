-- id: BUD-N-PLAN2
-- title: 同句两次“安排数”一致
-- family: BUD
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: budget
-- needs: narrative
-- version: 1
-- formula: amt₁ = “Y年预算安排amt₂”
-- sentence: 同一句中两次出现的预算安排数一致。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject, min(c.value) AS actual,
       max(c.half_width) AS actual_half_width, max(c.value) AS expected, max(c.half_width) AS expected_half_width,
       count(*) AS part_count, [arg_min(c.claim_id, c.value), arg_max(c.claim_id, c.value)] AS evidence
FROM said c
WHERE c.metric = 'amount' AND c.basis = 'none' AND c.is_money AND NOT c.is_in_reason AND c.functional_path IS NOT NULL
  AND coalesce(c.subject_year, c.fiscal_year) = c.fiscal_year
GROUP BY c.document_id, c.context_no, subject HAVING count(*) > 1
