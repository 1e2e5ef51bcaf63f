-- title: 谁没有公开，或公开逾期
-- explanation: 应公开而未见的、逾期公开的；免于公开与并入上级公开的不在内。依据为登记名册，或同地区多数单位已公开。
-- parameter: fiscal_year INTEGER = NULL 只看某一年度
SELECT status, unit_name, fiscal_year, doc_kind, due_on, published_on, date_diff('day', due_on, published_on) AS days_late,
       expectation, reason
FROM mart.dim_publication
WHERE status IN ('missing', 'late') AND ($fiscal_year::INTEGER IS NULL OR fiscal_year = $fiscal_year)
ORDER BY fiscal_year DESC, doc_kind, status DESC, unit_name
