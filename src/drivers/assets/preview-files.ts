/** What preview images are drawn with: HarfBuzz and the basic letters are part of the Worker, other fonts are static files. */
import type { PreviewFiles, StaticFiles } from '../../ports.ts';

/** Longer than the platform ever takes for a file of the same deployment. */
const TIMEOUT_MS = 2_000;

/** Any host does: the binding looks at paths alone. */
const FOLDER = 'https://assets.local/preview-fonts/';

/** Parts of the Worker are loaded when the first picture is asked for. @param assets the binding of the static files */
export function previewFiles(assets: StaticFiles | undefined): PreviewFiles {
  return {
    async harfBuzz() {
      const [module, callbacks] = await Promise.all([
        import('harfbuzzjs/dist/harfbuzz.wasm'),
        import('../../domain/preview/outline-callbacks.wasm'),
      ]);
      return { module: module.default, callbacks: callbacks.default };
    },
    async basic() {
      const [index, latin] = await Promise.all([
        import('../../../public/preview-fonts/alphabets.index'),
        import('../../../public/preview-fonts/latin.ttf'),
      ]);
      return new Map([
        ['alphabets.index', index.default],
        ['latin.ttf', latin.default],
      ]);
    },
    async read(name) {
      if (!assets) throw new Error('There is no binding ASSETS');
      const response = await assets.fetch(FOLDER + name, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.status !== 200) throw new Error(`${name}: status ${response.status}`);
      return response.arrayBuffer();
    },
  };
}
