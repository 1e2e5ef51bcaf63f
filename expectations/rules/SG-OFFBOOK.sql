-- id: SG-OFFBOOK
-- title: 车辆/资产账外、挂靠、未入账
-- family: SGP
-- severity: warning
-- basis: B财
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: /挂靠|未入账|没有做账务处理|账外|待处置|无产权/
-- sentence: 没有账外、挂靠、待处置的车辆和资产。
SELECT n.document_id, '' AS subject, count(*) FILTER (regexp_matches(n.text, '挂靠|未入账|没有做账务处理|账外|待处置|无产权')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(n.sentence_id ORDER BY n.sentence_no) FILTER (regexp_matches(n.text, '挂靠|未入账|没有做账务处理|账外|待处置|无产权'))[1:10] AS evidence
FROM disclosed_sentence n SEMI JOIN document_in_force USING (document_id) GROUP BY n.document_id
