/** The Worker's entry. */
import { bootstrap } from './bootstrap.ts';

let worker: ReturnType<typeof bootstrap> | undefined;

export default {
  fetch(request, env, ctx) {
    // Once per isolate: bindings do not change while it lives.
    worker ??= bootstrap(env);
    return worker.fetch(request, env, ctx);
  },

  async scheduled(_controller, env) {
    worker ??= bootstrap(env);
    await worker.rollUpViews();
  },
} satisfies ExportedHandler<Record<string, unknown>>;
