CREATE TABLE "revocations" (
	"name_hash" text NOT NULL,
	"revoked_at" timestamp with time zone NOT NULL,
	"epoch" integer,
	CONSTRAINT "revocations_name_hash_revoked_at_pk" PRIMARY KEY("name_hash","revoked_at")
);
--> statement-breakpoint
CREATE INDEX "revocations_revoked_at" ON "revocations" USING btree ("revoked_at");