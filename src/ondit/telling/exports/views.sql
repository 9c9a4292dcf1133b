-- Views in words over the flat tables (tables.py): what one asks first, ready to be looked at and sorted.

-- What rests on how little first, as in the tree.
CREATE VIEW claims_by_weight AS
SELECT claims.gist, counts.in_words, counts.stance, counts.reports, counts.lo, counts.hi,
    (SELECT group_concat(name, '; ') FROM origins WHERE origins.story = claims.story
        AND origins.claim = claims.id AND origins.stance = counts.stance AND role = 'origin') AS origins,
    (SELECT group_concat(name, '; ') FROM origins WHERE origins.story = claims.story
        AND origins.claim = claims.id AND origins.stance = counts.stance AND role = 'bottleneck')
        AS all_comes_through,
    (SELECT group_concat(report, '; ') FROM unsourced WHERE unsourced.story = claims.story
        AND unsourced.claim = claims.id AND unsourced.stance = counts.stance) AS lineage_not_recorded,
    claims.id AS claim, claims.story
FROM claims JOIN counts ON counts.story = claims.story AND counts.claim = claims.id
ORDER BY counts.reports - max(counts.lo, 1) DESC, counts.lo, counts.reports DESC, claims.id;

-- Every statement with its chain, the origin first.
CREATE VIEW who_says_what AS
SELECT statements.chain, statements.words, statements.stance, statements.certainty, reports.outlet,
    reports.published, statements.report, statements.claim, statements.id AS statement, statements.story
FROM statements JOIN reports ON reports.story = statements.story AND reports.id = statements.report
ORDER BY statements.story, statements.claim, reports.published, statements.id;

-- Links that are more certain than the one they have it from, and reports than what they rest on.
CREATE VIEW hedges_lost AS
SELECT giver.name AS giver, giver.certainty AS giver_is, link.name AS relay, link.certainty AS relay_is,
    statements.words, statements.report, link.claim, link.statement, link.story
FROM links AS link
JOIN links AS giver ON giver.story = link.story AND giver.claim = link.claim
    AND giver.statement = link.statement AND giver.nr = link.nr - 1
JOIN statements ON statements.story = link.story AND statements.claim = link.claim
    AND statements.id = link.statement
WHERE giver.certainty IN ('possible', 'probable') AND link.certainty IN ('probable', 'certain')
    AND giver.certainty <> link.certainty
UNION ALL
SELECT reports.outlet, hedges.was, agents.name, hedges.became, later.words, later.report, hedges.claim,
    hedges.later, hedges.story
FROM hedges
JOIN agents ON agents.story = hedges.story AND agents.id = hedges.agent
JOIN statements AS earlier ON earlier.story = hedges.story AND earlier.claim = hedges.claim
    AND earlier.id = hedges.earlier
JOIN reports ON reports.story = earlier.story AND reports.id = earlier.report
JOIN statements AS later ON later.story = hedges.story AND later.claim = hedges.claim
    AND later.id = hedges.later
ORDER BY 9, 7, 8;

-- Derivations, with the first words that show them.
CREATE VIEW which_report_used_which AS
SELECT child.outlet AS child, derivations.child AS child_report,
    parent.outlet AS parent, derivations.parent AS parent_report, derivations.kind, derivations.stated,
    derivations.directed, derivations.why,
    (SELECT words FROM evidence WHERE evidence.story = derivations.story AND shows = 'derivations'
        AND evidence.id = derivations.id AND words <> '' ORDER BY nr LIMIT 1) AS words,
    derivations.story
FROM derivations
LEFT JOIN reports AS child ON child.story = derivations.story AND child.id = derivations.child
LEFT JOIN reports AS parent ON parent.story = derivations.story AND parent.id = derivations.parent
ORDER BY derivations.story, derivations.rowid;

-- Two claims about the same thing, and on what they differ.
CREATE VIEW claims_that_differ AS
SELECT one.gist, two.gist AS other_gist, conflicts.kind, conflicts.why, one.id AS claim, two.id AS other,
    conflicts.story
FROM conflicts
JOIN claims AS one ON one.story = conflicts.story AND one.id = conflicts.claim
JOIN claims AS two ON two.story = conflicts.story AND two.id = conflicts.other
ORDER BY conflicts.story, conflicts.rowid;

-- On whom most claims rest, and for how many it is the only one.
CREATE VIEW origins_by_claims AS
SELECT origins.name AS origin, agents.kind, count(DISTINCT origins.claim) AS claims,
    sum(counts.lo = 1 AND counts.hi = 1) AS as_the_only_origin, origins.agent,
    origins.story
FROM origins
JOIN counts USING (story, claim, stance)
LEFT JOIN agents ON agents.story = origins.story AND agents.id = origins.agent
WHERE origins.role = 'origin' AND origins.stance = 'affirm'
GROUP BY origins.story, origins.agent ORDER BY claims DESC, origins.name;
