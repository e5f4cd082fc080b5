/**
 * HarfBuzz: which glyphs of a font write a text, where they stand, and their outlines. It is called directly:
 * harfbuzzjs' own JavaScript compiles WebAssembly at run time, which Workers refuse, and is larger than all else here.
 */

/** Weights of letters (the axis `wght` of a variable font). */
export const REGULAR = 400;
export const BOLD = 700;
export type Weight = typeof REGULAR | typeof BOLD;

/** A glyph as HarfBuzz placed it; lengths in ems, y upwards. */
export interface ShapedGlyph {
  /** Its number in the font; 0 where the font has none. */
  id: number;
  advance: number;
  dx: number;
  dy: number;
}

/** Takes an outline point by point; lengths in ems, y upwards. */
export interface OutlinePen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  /** A quadratic curve. */
  curveTo(controlX: number, controlY: number, x: number, y: number): void;
}

/** Bytes of hb_glyph_info_t and of hb_glyph_position_t. */
const ENTRY_BYTES = 20;
const PAGE_BYTES = 65_536;
const WRITABLE = 2;
const LEFT_TO_RIGHT = 4;
const RIGHT_TO_LEFT = 5;
/** `wght` */
const WEIGHT_AXIS = 0x77676874;

type Call = (...args: number[]) => number;

/** One instance, with memory of its own that grows with its fonts. */
export class HarfBuzz {
  readonly #exports: Record<string, Call>;
  readonly #memory: WebAssembly.Memory;
  readonly #buffer: number;
  readonly #drawFuncs: number;
  /** Of the outline that is being drawn. */
  #pen: OutlinePen | undefined;
  #unitsPerEm = 1;

  /**
   * @param module harfbuzz.wasm of harfbuzzjs
   * @param callbacks outline-callbacks.wasm
   */
  constructor(module: WebAssembly.Module, callbacks: WebAssembly.Module) {
    const stop = () => {
      throw new Error('HarfBuzz gave up');
    };
    const { exports } = new WebAssembly.Instance(module, {
      env: {
        _abort_js: stop,
        _emscripten_runtime_keepalive_clear: () => undefined,
        _setitimer_js: () => 0,
        emscripten_resize_heap: (bytes: number) => this.#grow(bytes),
      },
      wasi_snapshot_preview1: { proc_exit: stop },
    });
    this.#exports = exports as Record<string, Call>;
    this.#memory = exports.memory as WebAssembly.Memory;
    this.#call('__wasm_call_ctors');
    this.#buffer = this.#call('hb_buffer_create');
    this.#drawFuncs = this.#call('hb_draw_funcs_create');
    const at = (units: number) => units / this.#unitsPerEm;
    const drawing = new WebAssembly.Instance(callbacks, {
      outline: {
        moveTo: (_f: number, _d: number, _s: number, x: number, y: number) => this.#pen?.moveTo(at(x), at(y)),
        lineTo: (_f: number, _d: number, _s: number, x: number, y: number) => this.#pen?.lineTo(at(x), at(y)),
        curveTo: (_f: number, _d: number, _s: number, cx: number, cy: number, x: number, y: number) =>
          this.#pen?.curveTo(at(cx), at(cy), at(x), at(y)),
      },
    });
    const table = exports.__indirect_function_table as WebAssembly.Table;
    for (const [setter, name] of [
      ['move_to', 'moveTo'],
      ['line_to', 'lineTo'],
      ['quadratic_to', 'curveTo'],
    ] as const) {
      const place = table.grow(1);
      table.set(place, drawing.exports[name] as () => void);
      this.#call(`hb_draw_funcs_set_${setter}_func`, this.#drawFuncs, place, 0, 0);
    }
  }

  /** Opens a variable TrueType font. */
  font(file: ArrayBuffer): HarfBuzzFont {
    const at = this.#call('malloc', file.byteLength);
    new Uint8Array(this.#memory.buffer).set(new Uint8Array(file), at);
    const blob = this.#call('hb_blob_create', at, file.byteLength, WRITABLE, 0, 0);
    const face = this.#call('hb_face_create', blob, 0);
    const unitsPerEm = this.#call('hb_face_get_upem', face);
    const [regular, bold] = [REGULAR, BOLD].map((weight) => {
      const font = this.#call('hb_font_create', face);
      const variation = this.#call('malloc', 8);
      const view = new DataView(this.#memory.buffer);
      view.setUint32(variation, WEIGHT_AXIS, true);
      view.setFloat32(variation + 4, weight, true);
      this.#call('hb_font_set_variations', font, variation, 1);
      this.#call('free', variation);
      return font;
    }) as [number, number];
    const fontOf = (weight: Weight) => (weight === BOLD ? bold : regular);
    return {
      shape: (text, weight, isRtl) => this.#shape(fontOf(weight), unitsPerEm, text, isRtl),
      draw: (glyph, weight, pen) => {
        this.#pen = pen;
        this.#unitsPerEm = unitsPerEm;
        this.#call('hb_font_draw_glyph', fontOf(weight), glyph, this.#drawFuncs, 0);
      },
    };
  }

  #shape(font: number, unitsPerEm: number, text: string, isRtl: boolean): ShapedGlyph[] {
    const units = this.#call('malloc', 2 * text.length);
    const codeUnits = new Uint16Array(this.#memory.buffer, units, text.length);
    for (let i = 0; i < text.length; i++) codeUnits[i] = text.charCodeAt(i);
    const buffer = this.#buffer;
    this.#call('hb_buffer_reset', buffer);
    this.#call('hb_buffer_add_utf16', buffer, units, text.length, 0, text.length);
    this.#call('free', units);
    this.#call('hb_buffer_set_direction', buffer, isRtl ? RIGHT_TO_LEFT : LEFT_TO_RIGHT);
    this.#call('hb_buffer_guess_segment_properties', buffer);
    this.#call('hb_shape', font, buffer, 0, 0);
    const infos = this.#call('hb_buffer_get_glyph_infos', buffer, 0);
    const positions = this.#call('hb_buffer_get_glyph_positions', buffer, 0);
    const view = new DataView(this.#memory.buffer);
    return Array.from({ length: this.#call('hb_buffer_get_length', buffer) }, (_, i) => {
      const position = positions + i * ENTRY_BYTES;
      return {
        id: view.getUint32(infos + i * ENTRY_BYTES, true),
        advance: view.getInt32(position, true) / unitsPerEm,
        dx: view.getInt32(position + 8, true) / unitsPerEm,
        dy: view.getInt32(position + 12, true) / unitsPerEm,
      };
    });
  }

  #grow(bytes: number): number {
    try {
      this.#memory.grow(Math.ceil((bytes - this.#memory.buffer.byteLength) / PAGE_BYTES));
      return 1;
    } catch {
      return 0;
    }
  }

  #call(name: string, ...args: number[]): number {
    return (this.#exports[name] as Call)(...args);
  }
}

/** An open font. */
export interface HarfBuzzFont {
  /** The glyphs of a text of one script and direction, from left to right. */
  shape(text: string, weight: Weight, isRtl: boolean): ShapedGlyph[];
  draw(glyph: number, weight: Weight, pen: OutlinePen): void;
}
