-- id: CLS-BASIC-ON-02
-- title: 一般行政管理事务列基本支出
-- family: CLS
-- severity: warning
-- basis: BCLS
-- kind: exact
-- doc_kind: any
-- needs: T03|BT03
-- version: 1
-- formula: T03[**02].basic>0
-- sentence: 一般行政管理事务科目不列基本支出。
SELECT document_id, code AS subject, (value > 0)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [cell_id] AS evidence
FROM figure WHERE sheet = 'T03' AND measure = 'basic' AND stage = 'current' AND length(code) = 7
  AND coalesce(subject_name, '') = '一般行政管理事务'
