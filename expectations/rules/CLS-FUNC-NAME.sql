-- id: CLS-FUNC-NAME
-- title: 功能科目名称与代码匹配
-- family: CLS
-- severity: warning
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: T05|BT05
-- version: 1
-- years: 2021..
-- formula: norm(name)=DIM_FUNC(y,code).name
-- sentence: 功能分类科目的名称不是同一类、款下另一科目的名称（代码与名称错配）。
WITH named AS (
    SELECT DISTINCT f.document_id, f.code, min(f.cell_id) AS cell_id, folded(f.subject_name) AS printed, folded(s.name) AS official
    FROM figure f JOIN document_in_force d USING (document_id)
    JOIN core.subject s ON s.scheme = 'functional' AND s.code = f.code AND s.fiscal_year = d.fiscal_year AND s.is_known
    WHERE f.sheet IN ('T02', 'T03', 'T05', 'T08') AND length(f.functional_code) IN (5, 7) AND f.subject_name <> ''
    GROUP BY f.document_id, f.code, f.subject_name, s.name
), swapped AS (
    SELECT n.*, n.printed <> n.official AND EXISTS (
        SELECT 1 FROM core.subject o WHERE o.scheme = 'functional' AND o.is_known AND folded(o.name) = n.printed AND o.code <> n.code
            AND length(o.code) = length(n.code) AND left(o.code, length(o.code) - 2) = left(n.code, length(n.code) - 2)) AS is_swapped
    FROM named n
)
SELECT document_id, '' AS subject, count(*) FILTER (is_swapped) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(cell_id ORDER BY cell_id) FILTER (is_swapped)[1:10] AS evidence
FROM swapped GROUP BY document_id
