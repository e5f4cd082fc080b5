/** Lua scripts as Redis runs them (EVAL), for the embedded engine: values change type the way Redis documents it. */
import { lauxlib, lua, lualib, to_luastring } from 'fengari';
import { RedisError, type Reply } from './resp.ts';

type State = unknown;

/** Runs a script with KEYS, ARGV, redis.call, redis.pcall, redis.error_reply and redis.status_reply; answers its reply. */
export function runScript(
  script: string,
  keys: string[],
  args: string[],
  call: (command: string[]) => Reply,
): Reply {
  const L = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(L);
  for (const [name, list] of [
    ['KEYS', keys],
    ['ARGV', args],
  ] as const) {
    pushReply(L, [...list]);
    lua.lua_setglobal(L, to_luastring(name));
  }
  const functions: Record<string, (L: State) => number> = {
    call: (L) => {
      pushReply(L, call(commandOn(L)));
      return 1;
    },
    pcall: (L) => {
      pushReply(
        L,
        attempt(() => call(commandOn(L))),
      );
      return 1;
    },
    error_reply: (L) => pushField(L, 'err', lua.lua_tojsstring(L, 1)),
    status_reply: (L) => pushField(L, 'ok', lua.lua_tojsstring(L, 1)),
  };
  // A JavaScript exception must not cross Lua's frames: it waits here while Lua unwinds with an error of its own.
  let thrown: RedisError | undefined;
  lua.lua_newtable(L);
  for (const [name, run] of Object.entries(functions)) {
    lua.lua_pushcfunction(L, (L: State) => {
      const result = attempt(() => run(L));
      if (!(result instanceof RedisError)) return result as number;
      thrown = result;
      return lauxlib.luaL_error(L, to_luastring('%s'), to_luastring(result.message));
    });
    lua.lua_setfield(L, -2, to_luastring(name));
  }
  lua.lua_setglobal(L, to_luastring('redis'));

  if (lauxlib.luaL_loadstring(L, to_luastring(script)) !== lua.LUA_OK)
    throw new RedisError(`ERR Error compiling script (new function): ${lua.lua_tojsstring(L, -1)}`);
  if (lua.lua_pcall(L, 0, 1, 0) !== lua.LUA_OK)
    throw thrown ?? new RedisError(`ERR ${lua.lua_tojsstring(L, -1)}`);
  const reply = readReply(L, -1);
  if (reply instanceof RedisError) throw reply;
  return reply;
}

function attempt<T>(run: () => T): T | RedisError {
  try {
    return run();
  } catch (error) {
    if (error instanceof RedisError) return error;
    throw error;
  }
}

function commandOn(L: State): string[] {
  const count = lua.lua_gettop(L);
  if (count === 0) throw new RedisError('ERR Please specify at least one argument for this redis.call()');
  return Array.from({ length: count }, (_, i) => lua.lua_tojsstring(L, i + 1));
}

function pushField(L: State, name: string, text: string): number {
  lua.lua_newtable(L);
  lua.lua_pushstring(L, to_luastring(text));
  lua.lua_setfield(L, -2, to_luastring(name));
  return 1;
}

/** Redis to Lua: null becomes false; `OK` a status table; an error a table with `err`. */
function pushReply(L: State, reply: Reply): void {
  if (reply === null) lua.lua_pushboolean(L, false);
  else if (typeof reply === 'number') lua.lua_pushinteger(L, reply);
  else if (reply instanceof RedisError) pushField(L, 'err', reply.message);
  else if (reply === 'OK') pushField(L, 'ok', reply);
  else if (typeof reply === 'string') lua.lua_pushstring(L, to_luastring(reply));
  else {
    lua.lua_newtable(L);
    for (const [i, item] of reply.entries()) {
      pushReply(L, item);
      lua.lua_rawseti(L, -2, i + 1);
    }
  }
}

/** Lua to Redis: numbers lose their fraction, true is 1, false and nil are null, a list ends at its first nil. */
function readReply(L: State, index: number): Reply {
  switch (lua.lua_type(L, index)) {
    case lua.LUA_TNUMBER:
      return Math.trunc(lua.lua_tonumber(L, index));
    case lua.LUA_TSTRING:
      return lua.lua_tojsstring(L, index);
    case lua.LUA_TBOOLEAN:
      return lua.lua_toboolean(L, index) ? 1 : null;
    case lua.LUA_TTABLE:
      return readTable(L, lua.lua_absindex(L, index));
    default:
      return null;
  }
}

function readTable(L: State, index: number): Reply {
  for (const name of ['err', 'ok']) {
    const isSet = lua.lua_getfield(L, index, to_luastring(name)) === lua.LUA_TSTRING;
    const text = isSet ? lua.lua_tojsstring(L, -1) : '';
    lua.lua_pop(L, 1);
    if (isSet) return name === 'err' ? new RedisError(text) : text;
  }
  const list: Reply[] = [];
  while (lua.lua_rawgeti(L, index, list.length + 1) !== lua.LUA_TNIL) {
    list.push(readReply(L, -1));
    lua.lua_pop(L, 1);
  }
  lua.lua_pop(L, 1);
  return list;
}
