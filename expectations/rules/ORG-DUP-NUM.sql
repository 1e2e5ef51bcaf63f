-- id: ORG-DUP-NUM
-- title: 两单位关键数字完全相同
-- family: ORG
-- severity: warning
-- basis: B14;BIR6
-- kind: exact
-- doc_kind: any
-- reach: district
-- needs: T03|BT03
-- version: 1
-- formula: ≥8 个非零关键数逐一相同 ∧ 非父子
-- sentence: 互不隶属的两个单位，各科目金额不逐一相同。
WITH same AS (
    SELECT a.document_id, o.document_id AS other_id, count(*) AS shared, list(x.cell_id ORDER BY x.cell_id)[1:5] AS cells,
           list(y.cell_id ORDER BY y.cell_id)[1:5] AS other_cells
    FROM leaf_amount x JOIN leaf_amount y ON y.sheet = x.sheet AND y.code = x.code AND y.measure = x.measure AND y.value = x.value
        AND y.document_id <> x.document_id
    JOIN body a ON a.document_id = x.document_id JOIN body o ON o.document_id = y.document_id
    WHERE a.unit_id <> o.unit_id AND a.doc_kind = o.doc_kind AND a.fiscal_year = o.fiscal_year AND a.tree_id <> o.tree_id
      AND coalesce(o.department_name, '') <> a.unit_name AND coalesce(a.department_name, '') <> o.unit_name
      -- round amounts and standard rates are shared by many
      AND x.value % 10000 <> 0 AND x.value >= 10000
    GROUP BY a.document_id, o.document_id HAVING count(*) >= 8
), leaves AS (
    SELECT document_id, count(*) AS leaves FROM leaf_amount GROUP BY document_id HAVING count(*) >= 8
)
SELECT l.document_id, '' AS subject, count(s.other_id) FILTER (s.shared * 2 > l.leaves AND s.shared < l.leaves) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       flatten(list(list_concat(s.cells, s.other_cells)) FILTER (s.shared * 2 > l.leaves AND s.shared < l.leaves)) AS evidence
FROM leaves l LEFT JOIN same s USING (document_id) GROUP BY l.document_id
