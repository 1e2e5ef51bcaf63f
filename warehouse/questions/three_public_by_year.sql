-- title: “三公”经费历年对比（不重复计算）
-- explanation: 每个单位每年的因公出国（境）、购车、运维、接待四项；同一笔钱只计一次，部门与所属单位不重复。覆盖列给出当年已公开与应公开的单位数。
-- parameter: doc_kind VARCHAR = 'final_accounts' 文种：final_accounts 决算，budget 预算
-- parameter: years INTEGER = 5 最近几年
SELECT spent.unit_name, spent.fiscal_year, sum(spent.amount_yuan) AS three_public_yuan,
       sum(spent.amount_yuan) FILTER (spent.line_code = 'three_public.overseas_visits') AS overseas_visits_yuan,
       sum(spent.amount_yuan) FILTER (spent.line_code = 'three_public.vehicle_purchase') AS vehicle_purchase_yuan,
       sum(spent.amount_yuan) FILTER (spent.line_code = 'three_public.vehicle_operation') AS vehicle_operation_yuan,
       sum(spent.amount_yuan) FILTER (spent.line_code = 'three_public.hospitality') AS hospitality_yuan,
       any_value(coverage.found_count) AS found_count, any_value(coverage.expected_count) AS expected_count
FROM mart.leaf_three_public AS spent
LEFT JOIN mart.publication_coverage AS coverage USING (fiscal_year, doc_kind)
WHERE spent.doc_kind = $doc_kind AND spent.stage = CASE $doc_kind WHEN 'budget' THEN 'budget' ELSE 'final' END
  AND spent.fiscal_year > (SELECT max(fiscal_year) FROM mart.leaf_three_public WHERE doc_kind = $doc_kind) - $years::INTEGER
GROUP BY spent.unit_name, spent.unit_id, spent.fiscal_year
ORDER BY spent.unit_name, spent.fiscal_year
