// The yardstick of the reference: one Fastify route, no plugin, answering a profile's JSON from a constant.
import { readFile } from 'node:fs/promises';
import Fastify from 'fastify';

const profile = JSON.parse(await readFile(new URL('../workers/profile.json', import.meta.url), 'utf8'));

const app = Fastify();
app.get('/api/public/:username', async () => profile);
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
