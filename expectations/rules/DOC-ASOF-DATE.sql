-- id: DOC-ASOF-DATE
-- title: 资产截止日=决算年末
-- family: DOC
-- severity: error
-- basis: B143
-- kind: exact
-- doc_kind: final_accounts
-- needs: narrative
-- version: 1
-- formula: NR.asset.asof = DATE(FY,12,31)（预算：上年8-31或年末）
-- sentence: 资产情况的截止日期为决算年度的 12 月 31 日。
SELECT document_id, 'n' || row_number() OVER (PARTITION BY document_id ORDER BY claim_id) AS subject, printed_value AS actual,
       0 AS actual_half_width, fiscal_year * 10000 + 1231 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [claim_id] AS evidence
FROM said
WHERE metric = 'date' AND printed_value IS NOT NULL AND regexp_matches(sentence, '车辆|设备|资产|保有')
  AND document_id NOT IN (FROM year_in_doubt)
