-- id: PRF-GRADE
-- title: 等级与分数匹配
-- family: PRF
-- severity: error
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: 优≥90,良[80,90),中[60,80),差<60
-- sentence: 自评等级与总分对应：90 分以上为优，80 至 90 为良，60 至 80 为中或合格，60 以下为差或不合格。
SELECT f.document_id, f.project AS subject,
       (CASE WHEN f.total_score >= 90 THEN '优' WHEN f.total_score >= 80 THEN '良' WHEN f.total_score >= 60 THEN '中合'
             ELSE '差不' END NOT LIKE '%' || left(p.grade, 1) || '%')::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [f.total_cell] AS evidence
FROM form f JOIN core.performance_project p ON p.statement_id = f.statement_id
WHERE f.total_score IS NOT NULL AND left(coalesce(p.grade, ''), 1) IN ('优', '良', '中', '合', '差', '不')
