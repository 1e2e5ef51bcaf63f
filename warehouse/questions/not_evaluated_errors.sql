-- title: 哪些差错级规则在哪里无法评估
-- explanation: 未评估不是通过。按单位与规则列出原因：表缺失、声明为空、未识别、缺少所需数据。
-- parameter: fiscal_year INTEGER = NULL 只看某一年度
SELECT document.unit_name, document.fiscal_year, document.doc_kind, outcome.rule_id, rule.title, outcome.reason, count(*) AS times,
       document.document_id
FROM mart.outcome AS outcome
JOIN mart.dim_rule AS rule USING (rule_id)
JOIN mart.document AS document USING (document_id)
WHERE outcome.verdict = 'not_evaluated' AND rule.severity = 'error' AND document.is_current
  AND ($fiscal_year::INTEGER IS NULL OR document.fiscal_year = $fiscal_year)
GROUP BY ALL
ORDER BY document.unit_name, document.fiscal_year, outcome.rule_id, outcome.reason
