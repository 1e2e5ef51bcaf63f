-- id: CLS-UNITTYPE-MED
-- title: 医疗科目与单位性质不符
-- family: CLS
-- severity: notice
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: T03|BT03
-- version: 1
-- formula: 纯行政 ∧ 2101102>0；纯事业 ∧ 2101101>0
-- sentence: 登记为行政单位的不列事业单位医疗，登记为事业单位的不列行政单位医疗。
SELECT f.document_id, f.functional_code AS subject, (f.value > 0)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [f.cell_id] AS evidence
FROM figure f JOIN body b USING (document_id)
WHERE b.scope = 'unit' AND f.sheet = 'T03' AND f.stage = 'current' AND f.instances = 1 AND f.item = ''
  AND (f.measure = 'total' AND ((b.nature = 'administrative' AND f.functional_code = '2101102')
       OR (b.nature IN ('public_institution', 'school', 'health_institution') AND f.functional_code = '2101101')) AND b.unit_id IN (SELECT unit_id FROM core.unit WHERE is_registered AND NOT coalesce(is_nature_inferred, true)))
