;; Functions of JavaScript that HarfBuzz can call: its table takes no functions but those of WebAssembly.
;; Their parameters are those of hb_draw_funcs_set_move_to_func and its like. After a change, compile it with
;; `npx -p wabt wat2wasm src/domain/preview/outline-callbacks.wat -o src/domain/preview/outline-callbacks.wasm`.
(module
  (type $point (func (param i32 i32 i32 f32 f32 i32)))
  (type $curve (func (param i32 i32 i32 f32 f32 f32 f32 i32)))
  (import "outline" "moveTo" (func $moveTo (type $point)))
  (import "outline" "lineTo" (func $lineTo (type $point)))
  (import "outline" "curveTo" (func $curveTo (type $curve)))
  (export "moveTo" (func $moveTo))
  (export "lineTo" (func $lineTo))
  (export "curveTo" (func $curveTo)))
