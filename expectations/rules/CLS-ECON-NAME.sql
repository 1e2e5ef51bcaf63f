-- id: CLS-ECON-NAME
-- title: 经济科目名称匹配
-- family: CLS
-- severity: notice
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: T06|BT08
-- version: 1
-- formula: norm(name)=DIM_ECON(y,ecode).name
-- sentence: 经济分类科目名称与当年《政府收支分类科目》一致。
WITH named AS (
    SELECT DISTINCT f.document_id, f.code, f.cell_id, regexp_replace(regexp_replace(f.subject_name, '^[一二三四五六七八九十0-9（）()、.]+', ''), '[（）()、]', '', 'g') AS printed, regexp_replace(regexp_replace(s.name, '^[一二三四五六七八九十0-9（）()、.]+', ''), '[（）()、]', '', 'g') AS official
    FROM figure f JOIN document_in_force d USING (document_id)
    JOIN core.subject s ON s.scheme = 'departmental_economic' AND s.code = f.code AND s.fiscal_year = d.fiscal_year AND s.is_known
    WHERE f.sheet = 'T06' AND length(f.economic_code) = 5 AND f.functional_code = '' AND f.measure = 'total' AND f.subject_name <> ''
)
SELECT document_id, '' AS subject,
       count(*) FILTER (printed <> official AND levenshtein(printed, official) <= 6 AND length(printed) >= 5) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(cell_id ORDER BY cell_id) FILTER (printed <> official AND levenshtein(printed, official) <= 6 AND length(printed) >= 5)[1:10] AS evidence
FROM named GROUP BY document_id
