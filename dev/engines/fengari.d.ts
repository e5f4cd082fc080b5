/** The part of fengari (a Lua 5.3 in JavaScript) that the embedded Redis uses; the package brings no types. */
declare module 'fengari' {
  type State = unknown;
  type LuaString = Uint8Array;
  export function to_luastring(text: string): LuaString;
  export const lauxlib: {
    luaL_newstate(): State;
    luaL_loadstring(L: State, script: LuaString): number;
    luaL_error(L: State, format: LuaString, ...args: LuaString[]): never;
  };
  export const lualib: { luaL_openlibs(L: State): void };
  export const lua: Record<
    'LUA_OK' | 'LUA_TNIL' | 'LUA_TNUMBER' | 'LUA_TSTRING' | 'LUA_TBOOLEAN' | 'LUA_TTABLE',
    number
  > & {
    lua_absindex(L: State, index: number): number;
    lua_getfield(L: State, index: number, name: LuaString): number;
    lua_gettop(L: State): number;
    lua_newtable(L: State): void;
    lua_pcall(L: State, args: number, results: number, handler: number): number;
    lua_pop(L: State, count: number): void;
    lua_pushboolean(L: State, value: boolean): void;
    lua_pushcfunction(L: State, run: (L: State) => number): void;
    lua_pushinteger(L: State, value: number): void;
    lua_pushstring(L: State, text: LuaString): void;
    lua_rawgeti(L: State, index: number, at: number): number;
    lua_rawseti(L: State, index: number, at: number): void;
    lua_setfield(L: State, index: number, name: LuaString): void;
    lua_setglobal(L: State, name: LuaString): void;
    lua_toboolean(L: State, index: number): boolean;
    lua_tojsstring(L: State, index: number): string;
    lua_tonumber(L: State, index: number): number;
    lua_type(L: State, index: number): number;
  };
}
