-- id: CLS-NAR-NAME
-- title: 说明中的类/款/项名与表一致
-- family: CLS
-- severity: error
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: (类,款,项)名 = 表中该码名
-- sentence: 说明中的类、款、项名称与表中科目的级次一致。
WITH path AS (
    SELECT document_id, functional_path, string_split(functional_path, '/') AS names, min(claim_id) AS claim_id
    FROM said WHERE functional_path IS NOT NULL GROUP BY document_id, functional_path
), name AS (
    SELECT DISTINCT document_id, length(functional_code) AS digits,
           regexp_replace(subject_name, '^[一二三四五六七八九十]+、|支出$', '', 'g') AS name
    FROM figure WHERE functional_code <> '' AND subject_name IS NOT NULL
), three AS (
    SELECT *, regexp_replace(names[2], '支出$', '') AS group_name, regexp_replace(names[3], '支出$', '') AS item_name
    FROM path WHERE len(names) = 3 AND names[2] <> '' AND names[3] <> ''
)
SELECT t.document_id, left(t.functional_path, 100) AS subject,
       (NOT EXISTS (SELECT 1 FROM name n WHERE n.document_id = t.document_id AND n.digits = 7 AND n.name = t.item_name)
        AND EXISTS (SELECT 1 FROM name n WHERE n.document_id = t.document_id AND n.digits = 5 AND n.name = t.item_name))::INTEGER AS actual,
       0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [t.claim_id] AS evidence
FROM three t
WHERE EXISTS (SELECT 1 FROM name n WHERE n.document_id = t.document_id AND n.digits = 7)
  AND EXISTS (SELECT 1 FROM name n WHERE n.document_id = t.document_id AND n.digits IN (5, 7) AND n.name = t.item_name)
