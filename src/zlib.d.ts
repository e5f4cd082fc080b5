/** The part of Node's zlib that this Worker uses; Workers have it (`nodejs_compat`), their types have not. */
declare module 'node:zlib' {
  export function deflateRawSync(
    data: Uint8Array,
    options: { dictionary?: Uint8Array; level?: number; memLevel?: number },
  ): Uint8Array;
}
