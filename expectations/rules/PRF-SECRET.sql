-- id: PRF-SECRET
-- title: 涉密项目被公开
-- family: PRF
-- severity: warning
-- basis: B14(涉密除外);保守国家秘密法
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: PF.name/正文含“涉密|密码|机要|安可|安全可靠替代” 
-- sentence: 涉密项目不公开。
SELECT document_id, project AS subject, regexp_matches(project, '涉密|机要|密码|安全可靠替代|安可')::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       cells[1:2] AS evidence
FROM form WHERE project <> ''
