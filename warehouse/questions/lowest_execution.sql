-- title: 执行率最低的项级科目（预算公开对决算公开）
-- explanation: 同一单位同一年度，决算表中的项级支出对年初公开预算中的同一科目；只列两份文件都有的年度，预算为零的不列。
-- parameter: fiscal_year INTEGER = NULL 只看某一年度
-- parameter: limit INTEGER = 50 最多列出几行
SELECT budget.unit_name, budget.fiscal_year, budget.functional_code, subject.name AS subject_name,
       budget.total_yuan AS budget_yuan, coalesce(final.total_yuan, 0) AS final_yuan,
       percentage_of(coalesce(final.total_yuan, 0), budget.total_yuan)::DECIMAL(24, 2) AS execution_percent,
       budget.cell_id AS budget_cell_id, final.cell_id AS final_cell_id
FROM mart.leaf_expenditure AS budget
LEFT JOIN mart.leaf_expenditure AS final
       ON final.unit_id = budget.unit_id AND final.fiscal_year = budget.fiscal_year AND final.scope = budget.scope
      AND final.functional_code = budget.functional_code AND final.doc_kind = 'final_accounts'
LEFT JOIN mart.dim_functional_subject AS subject
       ON subject.fiscal_year = budget.fiscal_year AND subject.functional_code = budget.functional_code
WHERE budget.doc_kind = 'budget' AND budget.total_yuan > 0
  AND EXISTS (FROM mart.leaf_expenditure AS other
              WHERE other.unit_id = budget.unit_id AND other.fiscal_year = budget.fiscal_year AND other.scope = budget.scope
                AND other.doc_kind = 'final_accounts')
  AND ($fiscal_year::INTEGER IS NULL OR budget.fiscal_year = $fiscal_year)
ORDER BY execution_percent, budget.total_yuan DESC, budget.unit_name, budget.functional_code
LIMIT $limit::INTEGER
