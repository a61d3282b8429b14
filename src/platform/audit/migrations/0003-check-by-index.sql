-- A session keeps the plan it made at its first write. Made in the first minute of an installation, when there is hardly
-- an entry, it read all of them, and each write became slower with every entry until the table was analyzed.
alter function audit.check_audited() set enable_seqscan = off;
