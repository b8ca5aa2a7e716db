-- Two accounts of a PostgreSQL server of one's own: `portal_owner` owns the tables and migrates, `portal` is the account of
-- the running portal, which can only add to the history. Once, as the server's administrator:
--
--   psql -v owner_password=... -v portal_password=... -f clusterportal/deploy/accounts.sql
--
-- Then, and after every new version before the portal is started again (DATABASE_URL of the owner, nowhere else):
--
--   DATABASE_URL=postgres://portal_owner:...@host/portal manage.py migrate
--   DATABASE_URL=postgres://portal_owner:...@host/portal manage.py limit_account portal    -- the first time only
--   DATABASE_URL=postgres://portal:...@host/portal manage.py up
--
-- `restore` needs the owner's account, too: it empties tables. `manage.py migrate` gives new tables to `portal` by itself.
CREATE ROLE portal_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE portal LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'portal_password';
CREATE DATABASE portal OWNER portal_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE portal FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE portal TO portal;
\connect portal
REVOKE CREATE ON SCHEMA public FROM PUBLIC;  -- as it is from PostgreSQL 15 on
GRANT CREATE ON SCHEMA public TO portal_owner;
