-- The fingerprint of every family of groups, kept with each of its groups (core.judged_group), from the temporary tables
-- document_print, unit_print, reference_print, gathered_family and gathered_district_verdict. Sums of hashes: the order of rows is
-- no part of it, their number is.
INSERT INTO core.judged_group
WITH member AS (
    SELECT family_id, document_id FROM core.batch_document JOIN gathered_family USING (group_id)
), own_unit AS (
    SELECT DISTINCT family_id, unit_id FROM member JOIN core.document USING (document_id) WHERE unit_id IS NOT NULL
), reached_unit AS (
    FROM own_unit UNION SELECT family_id, u.unit_id FROM own_unit o JOIN core.unit u ON u.parent_unit_id = o.unit_id
), content AS (
    SELECT family_id, sum(print) AS print FROM member JOIN document_print USING (document_id) GROUP BY family_id
), unit AS (
    SELECT family_id, sum(print) AS print FROM reached_unit JOIN unit_print USING (unit_id) GROUP BY family_id
), verdict AS (
    SELECT family_id, sum(hash(v)::HUGEINT) AS print
    FROM member JOIN gathered_district_verdict v USING (document_id) GROUP BY family_id
)
SELECT group_id, $judged_by, md5(concat_ws('|', $judged_by, (SELECT print FROM reference_print), content.print,
                                           coalesce(unit.print, 0), coalesce(verdict.print, 0)))
FROM gathered_family JOIN content USING (family_id) LEFT JOIN unit USING (family_id) LEFT JOIN verdict USING (family_id)
ORDER BY group_id;
