"""What Alembic runs migrations in: the one transaction of whoever opens the store."""

from alembic import context

settings = context.config.attributes
context.configure(connection=settings["connection"], version_table=settings["version_table"])
context.run_migrations()
