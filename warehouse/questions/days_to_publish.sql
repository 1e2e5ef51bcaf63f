-- title: 批复到公开用了几天
-- explanation: 登记日历中有批复日期的公开事项；法定二十日内。
-- parameter: fiscal_year INTEGER = NULL 只看某一年度
SELECT unit_name, fiscal_year, doc_kind, approved_on, due_on, published_on, days_from_approval, status
FROM mart.dim_publication
WHERE days_from_approval IS NOT NULL AND ($fiscal_year::INTEGER IS NULL OR fiscal_year = $fiscal_year)
ORDER BY days_from_approval DESC, unit_name, fiscal_year
