/** The composition root: the only place that names a driver. */
import { waitUntil } from 'cloudflare:workers';
import { createApp } from './app.ts';
import { NameRecords } from './cache/name-records.ts';
import { type KeyAlgorithm, type KeyRing, parseKeyRing } from './domain/key-ring.ts';
import { openDatabase } from './drivers/postgres/database.ts';
import { postgresOwnerStore } from './drivers/postgres/owner-store.ts';
import { postgresProfileStore } from './drivers/postgres/profile-store.ts';
import { upstashRecordCache } from './drivers/upstash/record-cache.ts';
import { EnvError, parseEnv } from './env.ts';
import type { Log } from './ports.ts';
import { OwnerProfiles } from './services/owner-profiles.ts';
import { OwnerSessions } from './services/owner-sessions.ts';
import { PublicProfiles } from './services/public-profiles.ts';
import { QrSessions } from './services/qr-sessions.ts';

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
  const records = new NameRecords({
    store: postgresProfileStore(db),
    cache: upstashRecordCache({
      url: config.upstashUrl,
      token: config.upstashToken,
      timeoutMs: settings.UPSTASH_TIMEOUT_MS,
      fenceTtlSeconds: settings.FENCE_TTL_SECONDS,
    }),
    inBackground: waitUntil,
    log,
    now,
    settings,
  });

  return createApp({
    services: {
      publicProfiles: new PublicProfiles(records),
      qrSessions: new QrSessions({
        ring: keyRing('QR_SIGNING_KEYS', config.qrSigningKeys, 'ES256'),
        origin,
        now,
      }),
      ownerSessions: new OwnerSessions({
        ring: keyRing('SESSION_KEYS', config.sessionKeys, 'HS256'),
        origin,
        now,
      }),
      ownerProfiles: new OwnerProfiles(postgresOwnerStore(db), records),
    },
    log,
  });
}

function keyRing(variable: string, text: string, alg: KeyAlgorithm): KeyRing {
  try {
    return parseKeyRing(text, alg);
  } catch (error) {
    throw new EnvError(`Configuration: ${variable}: ${(error as Error).message}`);
  }
}
