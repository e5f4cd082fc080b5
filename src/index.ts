/** The Worker's entry. */
import { bootstrap } from './bootstrap.ts';

let app: ReturnType<typeof bootstrap> | undefined;

export default {
  fetch(request, env, ctx) {
    // Once per isolate: bindings do not change while it lives.
    app ??= bootstrap(env);
    return app.fetch(request, env, ctx);
  },
} satisfies ExportedHandler<Record<string, unknown>>;
