-- id: PRF-UNFINISHED-FULL
-- title: 未完工/未验收而时效满分
-- family: PRF
-- severity: warning
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: 完成情况含“未验收/未完成/正在” ∧ 时效 score=weight
-- sentence: 自评表写明尚未完成或尚未验收的项目，时效指标不得全部满分。
WITH told AS (
    SELECT statement_id, list(cell_id ORDER BY cell_id) AS cells FROM answer
    WHERE regexp_matches(text, '未(?:能|及时|按时|进行|组织|通过)*(?:工程|竣工)?(?:验收|完工|竣工|完成建设)|正在(?:验收|建设|施工)')
      AND NOT regexp_matches(text, '无未|没有未')
    GROUP BY statement_id
)
SELECT i.document_id, i.project AS subject, (bool_and(i.score = i.weight) AND any_value(t.cells) IS NOT NULL)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list_concat(list(i.score_cell ORDER BY i.row_no), coalesce(any_value(t.cells), [])) AS evidence
FROM indicator i LEFT JOIN told t USING (statement_id)
WHERE i.level_two LIKE '%时效%' AND i.weight > 0 AND i.score IS NOT NULL
GROUP BY i.document_id, i.statement_id, i.project
