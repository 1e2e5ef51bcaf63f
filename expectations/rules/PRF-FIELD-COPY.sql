-- id: PRF-FIELD-COPY
-- title: 经验/改进措施互相照抄
-- family: PRF
-- severity: notice
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: 经验=改进
-- sentence: “主要经验做法”与“下一步改进措施”不照抄同一句话。
SELECT e.document_id, e.project AS subject, (e.text = i.text)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [e.cell_id, i.cell_id] AS evidence
FROM answer e JOIN answer i ON i.statement_id = e.statement_id AND i.question = 'improvement'
WHERE e.question = 'experience' AND length(e.text) > 3
