-- id: ORG-DUP-DOC
-- title: 两单位发布同一文件
-- family: ORG
-- severity: warning
-- basis: B14;BIR6
-- kind: exact
-- doc_kind: any
-- reach: district
-- needs: narrative|T03|BT03
-- version: 2
-- formula: sha256/simhash 相同 ∧ unit 不同
-- sentence: 两个单位不公开同一份文件；部门只有本级一家单位的除外。
WITH printed AS (
    -- a sum of hashes needs no order: the numbers of a hundred thousand documents would not fit into memory as texts
    SELECT document_id, (sum(hash(sheet, code, measure, value)::HUGEINT), count(*)) AS print, min(cell_id) AS cell_id
    FROM leaf_amount GROUP BY document_id HAVING count(*) >= 12
)
SELECT a.document_id, '' AS subject, count(o.document_id) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, list_prepend(any_value(p.cell_id), list(q.cell_id ORDER BY q.cell_id)
           FILTER (o.document_id IS NOT NULL))[1:10] AS evidence
FROM body a JOIN printed p USING (document_id)
LEFT JOIN printed q ON q.print = p.print AND q.document_id <> p.document_id
LEFT JOIN body o ON o.document_id = q.document_id AND o.unit_id <> a.unit_id AND o.doc_kind = a.doc_kind AND o.fiscal_year = a.fiscal_year
    AND o.tree_id <> a.tree_id AND coalesce(o.department_name, '') <> a.unit_name AND coalesce(a.department_name, '') <> o.unit_name
GROUP BY a.document_id
