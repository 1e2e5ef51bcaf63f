-- id: PRF-PROBLEM-EMPTY
-- title: “存在问题”栏无问题
-- family: PRF
-- severity: warning
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: 扣分或执行率<90% ∧ 问题栏∈{不存在,无,褒义句}
-- sentence: 执行率低于 90% 或总分低于 90 分的项目，“存在的问题”一栏写明问题。
SELECT a.document_id, a.project AS subject,
       -- none, or a sentence without a single word of what falls short
       (regexp_matches(a.text, '^(?:本?项目)?(?:无|没有|不存在|暂无|未发现)(?:明显|主要|重大|相关|其他)?(?:的)?(?:问题)?[。.]?$')
        OR (length(a.text) > 5 AND NOT regexp_matches(a.text, '[不未没无欠缺差低慢难少弱偏迟超误压短亡乏]|滞后|问题|困难|延期|调拨|取消')))::INTEGER AS actual,
       0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, list_filter([a.cell_id, f.executed_cell, f.total_cell], lambda cell: cell IS NOT NULL) AS evidence
FROM answer a JOIN form f USING (statement_id)
WHERE a.question = 'problem' AND (f.total_score < 90 OR f.executed * 10 < f.budget * 9)
