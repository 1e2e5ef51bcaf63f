-- title: 自评为优而执行率低
-- explanation: 绩效自评等级为优（未印等级时总分90分及以上），但预算执行率低于限值的项目。
-- parameter: below_percent INTEGER = 60 执行率限值（%）
SELECT unit_name, fiscal_year, project, coalesce(grade, '（按总分）优') AS grade, total_score, full_year_budget_yuan, executed_yuan,
       execution_rate::DECIMAL(24, 2) AS execution_percent, document_id, page
FROM mart.fact_performance_project
WHERE is_current AND statement_code IN ('PF', 'PFW') AND execution_rate < $below_percent::INTEGER
  AND (grade = '优' OR grade IS NULL AND total_score >= 90)
ORDER BY execution_rate, executed_yuan, unit_name, project
