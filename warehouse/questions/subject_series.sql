-- title: 一个科目历年的序列（跨更名与改列）
-- explanation: 按沿革编码汇总，科目更名或改列后仍为同一序列；部门与所属单位不重复计算。类、款级编码取其下各项之和。
-- parameter: code VARCHAR = '20805' 功能分类编码（类、款或项），可填现用或旧编码
-- parameter: doc_kind VARCHAR = 'final_accounts' 文种：final_accounts 决算，budget 预算
WITH wanted AS (
    SELECT DISTINCT lineage_code FROM mart.dim_functional_subject WHERE functional_code = $code
), member AS (
    SELECT fiscal_year, functional_code, name FROM mart.dim_functional_subject WHERE lineage_code IN (FROM wanted)
)
SELECT spent.fiscal_year, list(DISTINCT member.functional_code ORDER BY member.functional_code) AS codes,
       list(DISTINCT member.name ORDER BY member.name) AS names, count(DISTINCT spent.unit_id) AS unit_count,
       sum(spent.total_yuan) AS total_yuan, any_value(coverage.found_count) AS found_count,
       any_value(coverage.expected_count) AS expected_count
FROM mart.leaf_expenditure AS spent
JOIN member ON member.fiscal_year = spent.fiscal_year AND spent.functional_code LIKE member.functional_code || '%'
LEFT JOIN mart.publication_coverage AS coverage ON coverage.fiscal_year = spent.fiscal_year AND coverage.doc_kind = spent.doc_kind
WHERE spent.doc_kind = $doc_kind
GROUP BY spent.fiscal_year
ORDER BY spent.fiscal_year
