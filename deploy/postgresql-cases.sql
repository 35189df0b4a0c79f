-- The case database: the dashboard may read it and nothing else. Run in that database, as childstat_owner, who loads.
-- Each load makes its tables anew, so this is said of tables to come as well: once is enough.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO childstat_dashboard;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO childstat_dashboard;
ALTER DEFAULT PRIVILEGES FOR ROLE childstat_owner GRANT SELECT ON TABLES TO childstat_dashboard;
