-- id: YOY-PRIOR-TOTAL
-- title: 倒算上年总计=上年披露
-- family: YOY
-- severity: warning
-- basis: B75
-- kind: sum
-- doc_kind: final_accounts
-- needs: narrative
-- version: 2
-- formula: cur∓Δ = prev.T01.total (财拨、一般公共预算同)
-- sentence: 由增减额倒算的上年收支总计等于上年公开的总计。
SELECT * EXCLUDE (line_code, functional_code) FROM implied_prior_year()
WHERE functional_code = '' AND (line_code LIKE 'revenue.%' OR line_code LIKE 'expenditure.%' OR line_code = 'functional.total')
