-- title: “其他”科目占比过高
-- explanation: 项级编码末两位为99（其他）的支出占该文件支出合计的比例。
-- parameter: above_percent INTEGER = 40 比例限值（%）
-- parameter: fiscal_year INTEGER = NULL 只看某一年度
WITH spent AS (
    SELECT unit_name, fiscal_year, doc_kind, scope, document_id, sum(total_yuan) AS total_yuan,
           coalesce(sum(total_yuan) FILTER (functional_code LIKE '%99'), 0) AS other_yuan
    FROM mart.leaf_expenditure GROUP BY ALL
)
SELECT unit_name, fiscal_year, doc_kind, scope, total_yuan, other_yuan,
       percentage_of(other_yuan, total_yuan)::DECIMAL(24, 2) AS other_percent, document_id
FROM spent
WHERE total_yuan > 0 AND other_yuan * 100 > total_yuan * $above_percent::INTEGER
  AND ($fiscal_year::INTEGER IS NULL OR fiscal_year = $fiscal_year)
ORDER BY other_percent DESC, unit_name, fiscal_year
