-- id: CLS-UNITTYPE-RUN
-- title: 单位性质与运行科目不符
-- family: CLS
-- severity: warning
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: T03|BT03
-- version: 1
-- formula: 纯事业 ∧ xx01.basic>0；纯行政 ∧ xx50.basic>0
-- sentence: 登记为事业单位的不列行政运行的基本支出，登记为行政单位的不列事业运行的基本支出。
SELECT f.document_id, f.functional_code AS subject, (f.value > 0)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [f.cell_id] AS evidence
FROM figure f JOIN body b USING (document_id)
WHERE b.scope = 'unit' AND f.sheet = 'T03' AND f.stage = 'current' AND f.instances = 1 AND f.item = ''
  AND (f.measure = 'basic' AND length(f.functional_code) = 7 AND ((b.nature IN ('public_institution', 'school', 'health_institution') AND right(f.functional_code, 2) = '01'
           AND contains(f.subject_name, '行政运行'))
       OR (b.nature = 'administrative' AND right(f.functional_code, 2) = '50' AND contains(f.subject_name, '事业运行')))
  AND b.unit_id IN (SELECT unit_id FROM core.unit WHERE is_registered AND NOT coalesce(is_nature_inferred, true)))
