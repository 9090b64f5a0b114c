-- Whether a password link went to the person's mailbox. The maker of any other link could have used it.
ALTER TABLE password_links ADD COLUMN "is_mailed" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE password_notices ADD COLUMN "is_mailed" BOOLEAN NOT NULL DEFAULT false;
GRANT UPDATE (is_mailed) ON password_links TO console_web;
GRANT UPDATE (is_mailed) ON password_notices TO console_web;
