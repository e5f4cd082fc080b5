CREATE TABLE "view_counts" (
	"owner_id" uuid NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"card_id" uuid,
	"source" text NOT NULL,
	"views" integer NOT NULL,
	"latest" timestamp with time zone NOT NULL,
	CONSTRAINT "view_counts_key" UNIQUE NULLS NOT DISTINCT("owner_id","day","kind","card_id","source")
);
--> statement-breakpoint
CREATE TABLE "view_facets" (
	"owner_id" uuid NOT NULL,
	"day" date NOT NULL,
	"facet" text NOT NULL,
	"value" text NOT NULL,
	"views" integer NOT NULL,
	CONSTRAINT "view_facets_owner_id_day_facet_value_pk" PRIMARY KEY("owner_id","day","facet","value")
);
--> statement-breakpoint
CREATE TABLE "view_logs" (
	"id" text PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "view_visitors" (
	"owner_id" uuid NOT NULL,
	"day" date NOT NULL,
	"visitors" integer NOT NULL,
	CONSTRAINT "view_visitors_owner_id_day_pk" PRIMARY KEY("owner_id","day")
);
--> statement-breakpoint
ALTER TABLE "view_counts" ADD CONSTRAINT "view_counts_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "view_facets" ADD CONSTRAINT "view_facets_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "view_visitors" ADD CONSTRAINT "view_visitors_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "view_counts_owner_id_latest" ON "view_counts" USING btree ("owner_id","latest");