-- Counts of rate-limiter-flexible, which names the columns, for limits that all web processes share. Unlogged: a count
-- costs no disk write, and a crash of the database only starts the counts again.
CREATE UNLOGGED TABLE "rate_limits" (
    "key" VARCHAR(100) NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" BIGINT NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

GRANT SELECT, INSERT, UPDATE (points, expire), DELETE ON rate_limits TO console_web;
