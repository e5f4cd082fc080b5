/** The JSON of keys, lists and pages about them that programs find by a well-known address. */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const DISCOVERY_ANSWERS = {
  /** RFC 7517 */
  KeySet: v.strictObject({
    keys: v.array(
      v.strictObject({
        kty: v.literal('EC'),
        crv: v.literal('P-256'),
        x: v.string(),
        y: v.string(),
        kid: v.string(),
        alg: v.literal('ES256'),
        use: v.literal('sig'),
      }),
    ),
  }),
  /** A flattened JWS (RFC 7515 section 7.2.2) */
  RevocationList: v.strictObject({ payload: v.string(), signature: v.string(), protected: v.string() }),
  CredentialIssuer: v.strictObject({ issuer: v.string(), jwks_uri: v.string() }),
  CredentialType: v.strictObject({
    vct: v.string(),
    name: v.string(),
    description: v.string(),
    display: v.array(v.strictObject({ locale: v.string(), name: v.string() })),
    claims: v.array(
      v.strictObject({
        path: v.array(v.string()),
        display: v.array(v.strictObject({ locale: v.string(), label: v.string() })),
        sd: v.literal('always'),
      }),
    ),
  }),
  TrustedIssuers: v.strictObject({ issuers: v.array(v.string()) }),
  /** RFC 7033 section 4.4 */
  Jrd: v.strictObject({
    subject: v.string(),
    aliases: v.array(v.string()),
    links: v.array(v.strictObject({ rel: v.string(), type: v.optional(v.string()), href: v.string() })),
  }),
  OEmbed: v.strictObject({
    version: v.literal('1.0'),
    type: v.literal('link'),
    title: v.string(),
    author_name: v.string(),
    author_url: v.string(),
    provider_name: v.string(),
    provider_url: v.string(),
    cache_age: count,
    thumbnail_url: v.string(),
    thumbnail_width: count,
    thumbnail_height: count,
  }),
};
