-- id: N-SG
-- title: 三公说明=三公表
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: any
-- needs: T07|BT09 narrative
-- version: 1
-- formula: NR.三公.{预算,决算}.{合计,出国,公车,购置,运行,接待} = T07.*
-- sentence: 情况说明中的“三公”经费预算数和决算数等于“三公”经费表。
FROM stated_equals_printed(['T07'], ['three_public.total', 'three_public.overseas_visits', 'three_public.vehicles',
                                     'three_public.vehicle_purchase', 'three_public.vehicle_operation',
                                     'three_public.hospitality', 'three_public.conference', 'three_public.training'])
