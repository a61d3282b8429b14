-- With an array in hand the planner takes every plan made anew for a cheaper one than what it has kept, and planning costs
-- more than looking one unit up.
alter function measures.units_viewed(bigint[]) set plan_cache_mode = force_generic_plan;
