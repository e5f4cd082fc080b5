ALTER TABLE "cards" ADD COLUMN "qr_enabled" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "slug" text;--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_slug" UNIQUE("slug");