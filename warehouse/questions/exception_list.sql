-- title: 全区差错清单
-- explanation: 仍未消除的差错与疑点，每个根因一行，先差错后疑点，再按涉及金额。
-- parameter: fiscal_year INTEGER = NULL 只看某一年度
-- parameter: severity VARCHAR = NULL 只看某一级别：error、warning、notice
SELECT severity, unit_name, fiscal_year, doc_kind, rule_id, title, message, actual, expected, amount_yuan, page, status,
       first_seen, finding_id
FROM mart.exception
WHERE status NOT IN ('fixed', 'waived')
  AND ($fiscal_year::INTEGER IS NULL OR fiscal_year = $fiscal_year)
  AND ($severity::VARCHAR IS NULL OR severity = $severity)
ORDER BY list_position(['error', 'warning', 'notice'], severity), amount_yuan DESC NULLS LAST, unit_name, fiscal_year, finding_id
