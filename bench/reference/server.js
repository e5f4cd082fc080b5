// What people would pick instead: Fastify with the plugins, the cache keys, the token and the answers of the
// existing DevCard API, over ioredis and pg. Written for this bench.
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import jwt from '@fastify/jwt';
import multipart from '@fastify/multipart';
import Fastify from 'fastify';
import { Redis } from 'ioredis';
import pg from 'pg';
import QRCode from 'qrcode';

const { PORT, DATABASE_URL, REDIS_URL, JWT_SECRET, PUBLIC_ORIGIN } = process.env;
const PROFILE_TTL_SECONDS = 300;
const TOKEN_SECONDS = 600;
const MAX_UPLOAD_BYTES = 5 * 1024 * 1024;
const CACHE_CONTROL = 'public, max-age=300, stale-while-revalidate=60';

const redis = new Redis(REDIS_URL);
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });

const app = Fastify({ logger: { level: 'info' } });
await app.register(cors, { origin: PUBLIC_ORIGIN, credentials: true });
await app.register(helmet, {
  contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], imgSrc: ["'self'", 'data:', 'https:'] } },
});
await app.register(jwt, { secret: JWT_SECRET });
await app.register(cookie);
await app.register(multipart, { limits: { fileSize: MAX_UPLOAD_BYTES } });

app.addHook('onResponse', async (request, reply) => {
  request.log.info({
    method: request.method,
    url: request.url,
    status: reply.statusCode,
    ms: reply.elapsedTime,
  });
});

const USER = `SELECT id, username, display_name AS "displayName", bio, pronouns, role, company,
  avatar_url AS "avatarUrl", accent_color AS "accentColor" FROM users`;
const BY_NAME = `${USER} WHERE id = (SELECT user_id FROM usernames WHERE key = lower($1) AND held_until IS NULL)`;
const LINKS = `SELECT id, platform, username, url, display_order AS "displayOrder" FROM platform_links
  WHERE user_id = $1 ORDER BY display_order`;

/** The profile of a username, from Redis or else from Postgres; undefined where nobody has it. */
async function readProfile(username) {
  const key = `profile:${username.toLowerCase()}`;
  const cached = await redis.get(key);
  if (cached) return { profile: JSON.parse(cached), hit: true };
  const { rows } = await pool.query({ name: 'by-name', text: BY_NAME, values: [username] });
  if (!rows[0]) return undefined;
  const { id, ...user } = rows[0];
  const links = await pool.query({ name: 'links', text: LINKS, values: [id] });
  const profile = { ...user, links: links.rows.map((link) => ({ ...link, followed: false })) };
  await redis.set(key, JSON.stringify(profile), 'EX', PROFILE_TTL_SECONDS);
  return { profile, hit: false };
}

/** Whoever looks may be signed in; most are not. */
async function viewerOf(request) {
  if (!request.headers.authorization) return null;
  try {
    return (await request.jwtVerify()).id;
  } catch {
    return null;
  }
}

const notFound = (reply) => reply.status(404).send({ error: 'User not found' });

app.get('/api/public/:username', async (request, reply) => {
  await viewerOf(request);
  const found = await readProfile(request.params.username);
  if (!found) return notFound(reply);
  return reply
    .header('Cache-Control', CACHE_CONTROL)
    .header('X-Cache', found.hit ? 'HIT' : 'MISS')
    .send(found.profile);
});

app.get('/api/public/:username/qr-session', async (request, reply) => {
  const found = await readProfile(request.params.username);
  if (!found) return notFound(reply);
  const token = app.jwt.sign({ profile: found.profile }, { expiresIn: TOKEN_SECONDS });
  const expiresAt = new Date(Date.now() + TOKEN_SECONDS * 1000).toISOString();
  return reply
    .header('Cache-Control', CACHE_CONTROL)
    .send({ token, tokenType: 'JWT', expiresIn: TOKEN_SECONDS, expiresAt });
});

app.get('/api/public/:username/qr', async (request, reply) => {
  const { username } = request.params;
  const { format = 'png', size = '400' } = request.query;
  const { rows } = await pool.query({ name: 'by-name', text: BY_NAME, values: [username] });
  if (!rows[0]) return notFound(reply);
  const url = `${PUBLIC_ORIGIN}/u/${username}`;
  const options = { width: Number(size), margin: 2 };
  reply.header('Content-Disposition', `inline; filename="devcard-${username}.${format}"`);
  if (format === 'svg')
    return reply.type('image/svg+xml').send(await QRCode.toString(url, { ...options, type: 'svg' }));
  return reply.type('image/png').send(await QRCode.toBuffer(url, options));
});

app.put('/api/profiles/me', async (request, reply) => {
  try {
    await request.jwtVerify();
  } catch {
    return reply.status(401).send({ error: 'Unauthorized' });
  }
  const { rows } = await pool.query({
    name: 'update',
    text: `UPDATE users SET bio = $2, role = $3, updated_at = now() WHERE id = $1
      RETURNING id, email, username, display_name AS "displayName", bio, pronouns, role, company,
        avatar_url AS "avatarUrl", accent_color AS "accentColor"`,
    values: [request.user.id, request.body.bio, request.body.role],
  });
  if (!rows[0]) return notFound(reply);
  await redis.del(`profile:${rows[0].username.toLowerCase()}`);
  return rows[0];
});

/** A signed-in owner's token, for the bench. */
app.get('/token/:id', async (request) => app.jwt.sign({ id: request.params.id }));

await app.listen({ host: '127.0.0.1', port: Number(PORT) });
