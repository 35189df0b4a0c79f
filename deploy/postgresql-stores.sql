-- The meeting store and the access store, in one database: the dashboard may add to them, and change what people change.
-- Run in that database, as childstat_owner, after the stores were made and after each upgrade.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO childstat_dashboard;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM childstat_dashboard;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO childstat_dashboard;

-- What people change or close. What is published, and the audit, is not among it.
GRANT UPDATE ON meeting, action, agenda_item, dispute, rebase TO childstat_dashboard;
GRANT UPDATE ON access_person, access_session, access_grant, access_match TO childstat_dashboard;
-- Who attended is written anew.
GRANT DELETE ON attendance TO childstat_dashboard;

-- Which version the tables are of, and up to where the audit was purged, only the owner says.
REVOKE INSERT ON childstat_meeting_version, childstat_access_version, access_anchor FROM childstat_dashboard;
