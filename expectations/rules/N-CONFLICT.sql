-- id: N-CONFLICT
-- title: 同一指标文中出现两个值
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: |{value(metric,period)}|>1
-- sentence: 同一指标在文中各处的金额一致。
SELECT document_id, said_subject(line_code, measure, functional_code, '', NULL, '', basis) AS subject,
       arg_max(value, (value, claim_id)) AS actual, arg_max(half_width, (value, claim_id)) AS actual_half_width,
       arg_min(value, (value, claim_id)) AS expected, arg_min(half_width, (value, claim_id)) AS expected_half_width,
       count(*) AS part_count, [arg_max(claim_id, (value, claim_id)), arg_min(claim_id, (value, claim_id))] AS evidence
FROM said
WHERE metric = 'amount' AND is_money AND NOT is_in_reason AND sheet IS NOT NULL
  AND functional_code <> ''
  AND coalesce(subject_year, fiscal_year) = fiscal_year AND basis IN ('none', 'initial_budget')
GROUP BY document_id, sheet, line_code, measure, fund, functional_code, basis HAVING count(*) > 1
