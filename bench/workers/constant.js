/** The floor: a Worker that does nothing but answer. */
export default { fetch: () => new Response('ok') };
