-- id: YOY-BUD-CLAIM
-- title: 预算文档倒算上年预算=上年预算公开
-- family: YOY
-- severity: warning
-- basis: B75
-- kind: sum
-- doc_kind: budget
-- needs: narrative
-- version: 2
-- formula: BN.total∓Δ = bud(y−1).BT01.total
-- sentence: 由增减额倒算的上年预算等于上年公开的预算。
SELECT * EXCLUDE (line_code, functional_code) FROM implied_prior_year()
WHERE functional_code = '' AND (line_code LIKE 'revenue.%' OR line_code LIKE 'expenditure.%' OR line_code = 'functional.total')
