/** What this Worker uses of Node's module; the runtime has it, the generated types leave its types to @types/node. */
declare module 'node:async_hooks' {
  export class AsyncLocalStorage<T> {
    run<R>(store: T, callback: () => R): R;
    getStore(): T | undefined;
  }
}
