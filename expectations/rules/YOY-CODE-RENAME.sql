-- id: YOY-CODE-RENAME
-- title: 科目跨年改名/合并须映射
-- family: YOY
-- severity: notice
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: T05|BT05
-- version: 1
-- formula: name(code,y)≠name(code,y−1) 且映射表无记录
-- sentence: 同一科目编码两年的名称相同，或改名已列入科目沿革。
WITH named AS (
    SELECT f.document_id, d.fiscal_year, f.functional_code AS code, min(f.cell_id) AS cell_id,
           min(regexp_replace(f.subject_name, '[（）()、，,\s]|支出$', '', 'g')) AS name
    FROM figure f JOIN document_in_force d USING (document_id)
    WHERE f.sheet = 'T05' AND length(f.functional_code) = 7 AND f.measure = 'total' AND f.stage = 'current' AND f.subject_name <> ''
    GROUP BY f.document_id, d.fiscal_year, f.functional_code HAVING count(DISTINCT f.subject_name) = 1
)
SELECT a.document_id, '' AS subject, count(*) FILTER (levenshtein(a.name, b.name) > 2 AND NOT contains(a.name, b.name)
           AND NOT contains(b.name, a.name) AND s.note IS NULL) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(a.cell_id ORDER BY a.cell_id) FILTER (levenshtein(a.name, b.name) > 2 AND NOT contains(a.name, b.name)
           AND NOT contains(b.name, a.name) AND s.note IS NULL)[1:10] AS evidence
FROM named a JOIN prior_document USING (document_id) JOIN named b ON b.document_id = prior_id AND b.code = a.code
LEFT JOIN core.subject s ON s.scheme = 'functional' AND s.fiscal_year = a.fiscal_year AND s.code = a.code
GROUP BY a.document_id
