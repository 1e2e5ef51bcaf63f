-- id: N-MULTI-BASE
-- title: 同段混用预算数/执行数为比较基数
-- family: NAR
-- severity: warning
-- basis: B75;B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: 同一段内 base∈{预算, 预算执行数, 决算} 多于 1 种且指同一总额
-- sentence: 同一节中对总额的比较用同一个比较基数。
WITH context AS (
    SELECT document_id, section, context_no, min(basis) AS basis, list(claim_id ORDER BY claim_id) AS claims
    FROM said
    WHERE metric IN ('change', 'growth', 'direction') AND basis IN ('prior_budget', 'prior_execution', 'prior_year_final')
      AND line_code IN ('revenue.total', 'expenditure.total', 'revenue.subtotal', 'expenditure.subtotal',
                        'revenue.fiscal_appropriation') AND NOT is_in_reason
      AND NOT (metric = 'direction' AND reference_year IS NULL)  -- 支出增加的主要原因是…: than what is not said
    GROUP BY document_id, section, context_no HAVING min(basis) = max(basis)
)
SELECT document_id, coalesce(section, '') AS subject, count(DISTINCT basis) - 1 AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       flatten(list(claims ORDER BY context_no)) AS evidence
FROM context GROUP BY document_id, section HAVING count(*) > 1
