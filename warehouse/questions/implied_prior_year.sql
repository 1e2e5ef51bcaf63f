-- title: “比上年增加”推算的上年数与上年文件不符
-- explanation: 文字说明中“比上年（预算或决算）增加/减少若干”，由当年表中数推算出上年数，与上年文件同一行比较。
-- parameter: fiscal_year INTEGER = NULL 只看某一年度
WITH said AS (
    SELECT claim.*, document.disclosure_id, CASE claim.direction WHEN 'decrease' THEN -claim.amount_yuan ELSE claim.amount_yuan END AS change_yuan
    FROM mart.claim AS claim JOIN mart.document AS document USING (document_id)
    WHERE document.is_current AND claim.metric = 'change' AND claim.status = 'typed' AND claim.amount_yuan IS NOT NULL
      AND claim.basis = CASE claim.doc_kind WHEN 'budget' THEN 'prior_budget' ELSE 'prior_year_final' END
), placed AS (
    SELECT document.unit_id, document.scope, document.fiscal_year, document.doc_kind, document.disclosure_id, stated.*
    FROM mart.stated_amount AS stated JOIN mart.document AS document USING (document_id)
    WHERE document.is_current AND stated.stage = CASE document.doc_kind WHEN 'budget' THEN 'budget' ELSE 'final' END
)
SELECT said.unit_name, said.fiscal_year, said.doc_kind, said.subject_text, current.amount_yuan AS current_yuan, said.change_yuan,
       current.amount_yuan - said.change_yuan AS implied_prior_yuan, prior.amount_yuan AS printed_prior_yuan,
       current.amount_yuan - said.change_yuan - prior.amount_yuan AS difference_yuan, said.sentence, said.page,
       prior.cell_id AS prior_cell_id
FROM said
JOIN placed AS current
  ON current.disclosure_id = said.disclosure_id AND current.statement_code = said.statement_code AND current.line_code = said.line_code
 AND current.measure = coalesce(said.measure, 'total') AND current.functional_code = coalesce(said.functional_code, '')
 AND current.economic_code = coalesce(said.economic_code, '')
JOIN placed AS prior
  ON prior.unit_id = said.unit_id AND prior.scope = said.scope AND prior.doc_kind = said.doc_kind
 AND prior.fiscal_year = said.fiscal_year - 1 AND prior.statement_code = current.statement_code
 AND prior.line_code = current.line_code AND prior.measure = current.measure
 AND prior.functional_code = current.functional_code AND prior.economic_code = current.economic_code
-- A change is worked out from figures rounded to its own last digit, whatever the tables print.
WHERE (judge_sum(prior.amount_yuan, greatest(prior.half_width_yuan, said.half_width_yuan), current.amount_yuan - said.change_yuan,
                 greatest(current.half_width_yuan, said.half_width_yuan) + said.half_width_yuan, 2)).verdict = 'violated'
  AND ($fiscal_year::INTEGER IS NULL OR said.fiscal_year = $fiscal_year)
ORDER BY abs(difference_yuan) DESC, said.unit_name, said.fiscal_year, said.claim_id
