/** The composition root: the only place that names a driver. */
import { waitUntil } from 'cloudflare:workers';
import { createApp } from './app.ts';
import { CardRecords } from './cache/card-records.ts';
import type { BreakerPolicy } from './cache/circuit-breaker.ts';
import { NameRecords } from './cache/name-records.ts';
import { SharedRecords } from './cache/shared-records.ts';
import { SingleFlight } from './cache/single-flight.ts';
import { type KeyAlgorithm, type KeyRing, parseKeyRing } from './domain/tokens/key-ring.ts';
import { previewFiles } from './drivers/assets/preview-files.ts';
import { oauthProvider } from './drivers/oauth/oauth-provider.ts';
import { PROVIDERS, type ProviderId } from './drivers/oauth/providers.ts';
import { postgresContactStore } from './drivers/postgres/contact-store.ts';
import { openDatabase, pingDatabase } from './drivers/postgres/database.ts';
import { postgresIdempotencyStore } from './drivers/postgres/idempotency-store.ts';
import { postgresNameList } from './drivers/postgres/name-list.ts';
import { postgresOfflinePassStore } from './drivers/postgres/offline-passes.ts';
import { postgresOwnerAccountStore } from './drivers/postgres/owner-account.ts';
import { postgresOwnerCardStore } from './drivers/postgres/owner-cards.ts';
import { postgresOwnerLinkStore } from './drivers/postgres/owner-links.ts';
import { postgresOwnerProfileStore } from './drivers/postgres/owner-profile.ts';
import { postgresOwnerSessionStore } from './drivers/postgres/owner-sessions.ts';
import { postgresProfileStore } from './drivers/postgres/profile-store.ts';
import { postgresRevocationStore } from './drivers/postgres/revocations.ts';
import { postgresSavedCardStore } from './drivers/postgres/saved-cards.ts';
import { postgresSignInStore } from './drivers/postgres/sign-in.ts';
import { postgresViewStore } from './drivers/postgres/view-store.ts';
import { openUpstash, pingUpstash } from './drivers/upstash/client.ts';
import { upstashRecordCache } from './drivers/upstash/record-cache.ts';
import { upstashViewLog } from './drivers/upstash/view-log.ts';
import { EnvError, parseEnv } from './env.ts';
import type { Log } from './ports.ts';
import { Contacts } from './services/contacts.ts';
import { Idempotency } from './services/idempotency.ts';
import { OfflinePasses } from './services/offline-passes.ts';
import { OwnerAccount } from './services/owner-account.ts';
import { OwnerEdits } from './services/owner-edits.ts';
import { OwnerSessions } from './services/owner-sessions.ts';
import { OwnerWrites } from './services/owner-writes.ts';
import { PreviewImages } from './services/preview-images.ts';
import { PublicNames } from './services/public-names.ts';
import { PublicProfiles } from './services/public-profiles.ts';
import { QrSessions } from './services/qr-sessions.ts';
import { RateLimits } from './services/rate-limits.ts';
import { Readiness } from './services/readiness.ts';
import { Revocations } from './services/revocations.ts';
import { SavedCards } from './services/saved-cards.ts';
import { SignIn } from './services/sign-in.ts';
import { ViewCounter } from './services/view-counter.ts';
import { ViewRollUp } from './services/view-roll-up.ts';
import { Views } from './services/views.ts';
import { Wallets } from './services/wallets.ts';
import { tracedAlone } from './trace.ts';

/**
 * Builds the application from the Worker's bindings.
 * @throws EnvError naming each wrong or missing variable
 */
export function bootstrap(env: object) {
  const config = parseEnv(env);
  const { settings, origin } = config;
  const now = () => Date.now();
  const log: Log = (event, fields) => console.log(JSON.stringify({ event, ...fields }));

  const db = openDatabase({
    databaseUrl: config.databaseUrl,
    fetchEndpoint: config.neonFetchEndpoint,
    timeoutMs: settings.NEON_TIMEOUT_MS,
  });
  const upstash = { url: config.upstashUrl, token: config.upstashToken };
  // Each use has a breaker of its own: what fails late, such as a roll-up, is no reason to skip what answers at once.
  const upstashPolicy: BreakerPolicy = {
    failures: settings.UPSTASH_BREAKER_FAILURES,
    openMs: settings.UPSTASH_BREAKER_OPEN_MS,
    now,
    log,
  };
  const shared = new SharedRecords({
    store: postgresProfileStore(db),
    cache: upstashRecordCache({
      ...upstash,
      timeoutMs: settings.UPSTASH_TIMEOUT_MS,
      fenceTtlSeconds: settings.FENCE_TTL_SECONDS,
    }),
    inBackground: waitUntil,
    log,
    now,
    settings,
    upstashPolicy,
  });
  const records = new NameRecords({ shared, inBackground: waitUntil, log, now, settings });
  const cards = new CardRecords({
    shared,
    records,
    singleFlight: new SingleFlight({ settings, now, inBackground: waitUntil }),
    maxEntries: settings.ISOLATE_MAX_CARD_NAMES,
  });

  const sessionRing = keyRing('SESSION_KEYS', config.sessionKeys, 'HS256');
  const ownerSessions = new OwnerSessions({
    store: postgresOwnerSessionStore(db),
    ring: sessionRing,
    origin,
    now,
  });

  const profileStore = postgresOwnerProfileStore(db);
  const writes = new OwnerWrites({ store: profileStore, records, inBackground: waitUntil, log });

  const qrRing = keyRing('QR_SIGNING_KEYS', config.qrSigningKeys, 'ES256');
  const qrSessions = new QrSessions({
    ring: qrRing,
    origin,
    trustedIssuers: config.trustedIssuers,
    now,
  });

  const contacts = new Contacts({
    store: postgresContactStore(db),
    readProfile: profileStore.readProfile,
    ring:
      config.contactsKeys === undefined
        ? undefined
        : keyRing('CONTACTS_KEYS', config.contactsKeys, 'A256GCM'),
    origin,
    log,
    now,
  });

  const idempotency = new Idempotency({ store: postgresIdempotencyStore(db), log, now });

  const viewLog = upstashViewLog({
    ...upstash,
    writeTimeoutMs: settings.VIEW_WRITE_TIMEOUT_MS,
    readTimeoutMs: settings.VIEW_READ_TIMEOUT_MS,
    maxEntries: settings.VIEW_LOG_MAX_ENTRIES,
    now,
  });
  const probe = openUpstash({ ...upstash, timeoutMs: settings.UPSTASH_TIMEOUT_MS });
  const viewStore = postgresViewStore(db);
  const viewRollUp = new ViewRollUp({ viewLog, store: viewStore });

  const ownerEdits = new OwnerEdits({
    profiles: profileStore,
    links: postgresOwnerLinkStore(db),
    cards: postgresOwnerCardStore(db),
    writes,
  });
  const offlinePasses = new OfflinePasses({ store: postgresOfflinePassStore(db), writes, qrSessions });
  const wallets = new Wallets({ credentials: config.wallets, ownerEdits, offlinePasses, origin, now });

  const app = createApp({
    origin,
    services: {
      publicProfiles: new PublicProfiles(records, cards),
      publicNames: new PublicNames(postgresNameList(db)),
      previewImages: new PreviewImages({ files: previewFiles(config.assets), log }),
      qrSessions,
      ownerSessions,
      ownerEdits,
      ownerAccount: new OwnerAccount({
        store: postgresOwnerAccountStore(db),
        settledNames: profileStore.settledNames,
        openContacts: (ownerId, sealed) => contacts.opened(ownerId, sealed),
        writes,
        shared,
        rollUpViews: () => viewRollUp.run(1),
        inBackground: waitUntil,
        now,
      }),
      offlinePasses,
      wallets,
      revocations: new Revocations({
        store: postgresRevocationStore(db),
        singleFlight: new SingleFlight({ settings, now, inBackground: waitUntil }),
        ring: qrRing,
        origin,
        now,
      }),
      readiness: new Readiness({
        passExpiry: () => wallets.appleExpiry(),
        pings: { neon: () => pingDatabase(db), upstash: () => pingUpstash(probe) },
        singleFlight: new SingleFlight({ settings, now, inBackground: waitUntil }),
        now,
      }),
      signIn: new SignIn({
        providers: Object.entries(config.oauthClients).map(([id, client]) =>
          oauthProvider({
            provider: PROVIDERS[id as ProviderId],
            client,
            devIssuer: config.oauthDevIssuer,
            timeoutMs: settings.SIGN_IN_TIMEOUT_MS,
          }),
        ),
        store: postgresSignInStore(db),
        writes,
        ring: sessionRing,
        appCallback: config.appCallback,
        origin,
        now,
      }),
      rateLimits: new RateLimits({ limiters: config.rateLimiters, log, now }),
      contacts,
      savedCards: new SavedCards(postgresSavedCardStore(db)),
      idempotency,
      viewCounter: new ViewCounter({
        log,
        viewLog,
        keepUp: (length) => viewRollUp.keepUp(length),
        ownerOf: async (token) => (await ownerSessions.verify(token))?.owner,
        inBackground: waitUntil,
        now,
        settings,
        upstashPolicy,
      }),
      views: new Views({ store: viewStore, rollUp: viewRollUp, now, upstashPolicy }),
      securityContact: config.securityContact,
    },
    log,
  });
  return {
    fetch: app.fetch,
    rollUpViews: () => tracedAlone(log, 'roll-up', () => viewRollUp.run()),
    tidy: () =>
      tracedAlone(log, 'tidy', async () => {
        await contacts.tidy();
        await idempotency.removeExpired();
      }),
  };
}

function keyRing(variable: string, text: string, alg: KeyAlgorithm): KeyRing {
  try {
    return parseKeyRing(text, alg);
  } catch (error) {
    throw new EnvError(`Configuration: ${variable}: ${(error as Error).message}`);
  }
}
