-- id: N-CONFLICT
-- title: 同一指标文中出现两个值
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: |{value(metric,period)}|>1
-- sentence: 同一指标在文中各处的金额、增减额一致（本年金额相同的收入与支出，较上年的增减额也相同）。
SELECT document_id, said_subject(line_code, measure, functional_code, '', NULL, '', basis) AS subject,
       arg_max(value, (value, claim_id)) AS actual, arg_max(half_width, (value, claim_id)) AS actual_half_width,
       arg_min(value, (value, claim_id)) AS expected, arg_min(half_width, (value, claim_id)) AS expected_half_width,
       count(*) AS part_count, [arg_max(claim_id, (value, claim_id)), arg_min(claim_id, (value, claim_id))] AS evidence
FROM said
WHERE metric = 'amount' AND is_money AND NOT is_in_reason AND sheet IS NOT NULL
  AND functional_code <> ''
  AND coalesce(subject_year, fiscal_year) = fiscal_year AND basis IN ('none', 'initial_budget')
GROUP BY document_id, sheet, line_code, measure, fund, functional_code, basis HAVING count(*) > 1

UNION ALL BY NAME
-- what amounts to the same this year and is compared with the same has changed by the same
SELECT document_id, concat_ws(' ', line, nullif(measure, 'total'), functional_code, economic_code, basis, '增减额') AS subject,
       max(signed) AS actual, arg_max(half_width, (signed, claim_id)) AS actual_half_width, min(signed) AS expected,
       arg_min(half_width, (signed, claim_id)) AS expected_half_width, count(*) AS part_count,
       [arg_max(claim_id, (signed, claim_id)), arg_min(claim_id, (signed, claim_id))] AS evidence,
       CASE WHEN count(DISTINCT line_code) > 1 THEN 'indirect' END AS note
FROM (
    SELECT c.*, a.value AS amount, CASE
               WHEN c.line_code IN ('revenue.total', 'expenditure.total') AND c.fund <> 'fiscal_appropriation' THEN '收支总计'
               WHEN d.doc_kind = 'budget' AND (c.line_code = 'revenue.fiscal_appropriation'
                    OR c.line_code = 'expenditure.total' AND c.fund = 'fiscal_appropriation') THEN '财政拨款收支'
               WHEN d.doc_kind = 'budget' AND c.measure = 'total' AND (c.line_code = 'revenue.general_public_budget'
                    OR c.line_code = 'functional.total' AND c.sheet = 'T05') THEN '一般公共预算收支'
               ELSE concat_ws(' ', c.sheet, c.line_code, c.fund) END AS line
    FROM context_change c JOIN document_in_force d USING (document_id)
    JOIN context_amount a ON a.document_id = c.document_id AND a.context_no = c.context_no AND a.basis = 'none'
    WHERE c.basis IN ('prior_budget', 'prior_year_final') AND c.line_code <> '' AND a.value > 0
)
GROUP BY document_id, basis, line, measure, functional_code, economic_code, amount HAVING count(*) > 1
