-- id: CLS-WELFARE-PROJ
-- title: 个人补助列项目支出
-- family: CLS
-- severity: warning
-- basis: BCLS
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: PF.name∈{遗属补助,值班补助,福利}
-- sentence: 遗属补助、值班补助、职工福利等对个人的支出不列为项目。
SELECT document_id, project AS subject, regexp_matches(project, '遗属.{0,4}补助|值班补[助贴]|(?:职工|干部|离退休).{0,4}福利|住房公积金|津补贴')::INTEGER AS actual,
       0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, cells[1:1] AS evidence
FROM form WHERE project <> ''
