-- id: PRF-TYPE
-- title: 三级指标放错二级类别
-- family: PRF
-- severity: notice
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 2
-- formula: 数量指标用“率%”、次数列入社会效益等
-- sentence: 数量指标写数量，不写比率。
SELECT document_id, project AS subject, count(*) FILTER (level_two LIKE '%数量%' AND regexp_matches(level_three, '率$')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(coalesce(name_cell, score_cell) ORDER BY row_no) FILTER (level_two LIKE '%数量%' AND regexp_matches(level_three, '率$')) AS evidence
FROM indicator GROUP BY document_id, statement_id, project
