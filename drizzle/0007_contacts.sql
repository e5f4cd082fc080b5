CREATE TABLE "contact_keys" (
	"owner_id" uuid NOT NULL,
	"generation" text NOT NULL,
	"key_id" text NOT NULL,
	"wrapped" text NOT NULL,
	CONSTRAINT "contact_keys_owner_id_generation_pk" PRIMARY KEY("owner_id","generation")
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"generation" text NOT NULL,
	"sealed" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "contacts_open" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "contact_days" integer DEFAULT 365 NOT NULL;--> statement-breakpoint
ALTER TABLE "contact_keys" ADD CONSTRAINT "contact_keys_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_keys_key_id" ON "contact_keys" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "contacts_owner_id_created_at" ON "contacts" USING btree ("owner_id","created_at","id");--> statement-breakpoint
CREATE INDEX "contacts_expires_at" ON "contacts" USING btree ("expires_at");