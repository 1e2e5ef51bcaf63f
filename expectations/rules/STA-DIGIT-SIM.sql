-- id: STA-DIGIT-SIM
-- title: 两单位数字指纹相似
-- family: STA
-- severity: notice
-- basis: B75
-- kind: exact
-- doc_kind: any
-- reach: district
-- needs: T03|BT03
-- version: 1
-- formula: 共享非零叶子金额占比>30% ∧ 非父子
-- sentence: 互不隶属的两个单位，相同的金额不超过三成。
WITH leaves AS (
    SELECT document_id, count(*) AS leaves FROM leaf_amount WHERE value >= 10000 AND value % 10000 <> 0 GROUP BY ALL HAVING count(*) >= 20
), same AS (
    SELECT x.document_id, y.document_id AS other_id, count(DISTINCT x.value) AS shared, list(DISTINCT x.cell_id ORDER BY x.cell_id)[1:5] AS cells,
           list(DISTINCT y.cell_id ORDER BY y.cell_id)[1:5] AS other_cells
    FROM leaf_amount x JOIN leaf_amount y ON y.value = x.value AND y.document_id <> x.document_id AND y.sheet = x.sheet
    JOIN body a ON a.document_id = x.document_id JOIN body o ON o.document_id = y.document_id
    WHERE x.value >= 10000 AND x.value % 10000 <> 0 AND a.unit_id <> o.unit_id AND a.doc_kind = o.doc_kind AND a.fiscal_year = o.fiscal_year
      AND a.tree_id <> o.tree_id AND coalesce(o.department_name, '') <> a.unit_name AND coalesce(a.department_name, '') <> o.unit_name
    GROUP BY ALL
)
SELECT l.document_id, '' AS subject, count(s.other_id) FILTER (s.shared * 10 > l.leaves * 3) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       flatten(list(list_concat(s.cells, s.other_cells) ORDER BY s.other_id) FILTER (s.shared * 10 > l.leaves * 3))[1:10] AS evidence
FROM leaves l LEFT JOIN same s USING (document_id) GROUP BY l.document_id
