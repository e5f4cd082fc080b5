CREATE TABLE "settled_identities" (
	"hash" text PRIMARY KEY NOT NULL,
	"settled_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "settled_identities_settled_at" ON "settled_identities" USING btree ("settled_at");