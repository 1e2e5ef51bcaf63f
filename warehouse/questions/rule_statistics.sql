-- title: 规则的命中、通过与未评估
-- explanation: 每条规则评估了多少对象、各结论多少；命中或未评估超过三成文件的规则本身存疑。
SELECT rule.rule_id, rule.title, rule.severity, run.status, run.document_count, run.exact_count, run.rounded_count,
       run.violated_count, run.needs_review_count, run.not_evaluated_count, run.is_suspicious, run.message
FROM core.rule AS rule LEFT JOIN core.rule_run AS run USING (rule_id)
ORDER BY run.violated_count DESC NULLS LAST, rule.rule_id
