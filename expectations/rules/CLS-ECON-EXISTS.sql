-- id: CLS-ECON-EXISTS
-- title: 经济科目代码当年有效
-- family: CLS
-- severity: notice
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: T06|BT08
-- version: 1
-- years: 2018..
-- formula: ecode ∈ DIM_ECON(y)
-- sentence: 经济分类科目代码在已知科目中（新代码只提示）。
SELECT f.document_id, '' AS subject, count(DISTINCT f.code) FILTER (s.code IS NULL) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(f.cell_id ORDER BY f.cell_id) FILTER (s.code IS NULL)[1:10] AS evidence
FROM figure f LEFT JOIN (SELECT DISTINCT code FROM core.subject WHERE scheme LIKE '%economic' AND is_known) s ON s.code = f.code
WHERE f.sheet = 'T06' AND f.economic_code <> '' AND f.functional_code = '' AND f.measure = 'total'
  AND EXISTS (SELECT 1 FROM core.subject WHERE scheme LIKE '%economic' AND is_known)
GROUP BY f.document_id
