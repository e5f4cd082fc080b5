/**
 * The floor beneath a profile that is not in memory: a Worker that asks what the product asks, and answers a constant.
 * `/hit` asks Upstash; `/miss` asks Upstash and Neon, and Upstash again after the response.
 */
import profile from './profile.json';

/** Awaits an answer, read to its end and parsed. */
async function ask({ url, headers, body }) {
  const response = await fetch(url, { method: 'POST', headers, body });
  return response.json();
}

let recorded;

export default {
  async fetch(request, env, ctx) {
    recorded ??= JSON.parse(env.RECORDED);
    const { hit, miss } = recorded;
    if (request.url.endsWith('/hit')) {
      await ask(hit);
    } else {
      const [cache, database, store] = miss;
      await ask(cache);
      await ask(database);
      ctx.waitUntil(ask(store));
    }
    return Response.json(profile);
  },
};
